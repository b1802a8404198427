// The screen as one run of the views described it: nodes with layout wishes, looks and meaning.
//
// Composite widgets (a field, a process line) are built from few kinds of nodes, so that layout, paint, the
// DOM twin and the HTML writer each know only these. A Tree is filled by Ui, then laid out once, then read.
// Strings live in the tree's own buffer and are named by offset, because that buffer may move while it grows.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "client/ui/input.h"
#include "client/ui/options.h"

namespace tongban::ui {

enum class Kind : std::uint8_t {
  Box,        ///< has children
  Text,       ///< runs of words
  Sign,       ///< an icon
  Logo,
  Mark,       ///< circle of a process, stepper or centre letter
  Connector,  ///< line between two marks; grows along its parent's axis
  Segments,   ///< progress
  Modules,    ///< QR
  Picture,
  Input,      ///< the field element itself: the DOM owns text and caret
  Tick,       ///< the square or circle of a check or radio
  Dot,
  Line,
  Space,
  Spinner,
  Option,     ///< of a select: no geometry
};

/// How a node is painted; hover, press and the theme come at paint time.
enum class Skin : std::uint8_t {
  None, Card, Sunk, Band, Tint, Warn, Error, Outlined, Ink, CardSelected, RowSelected,
  ButtonOutlined, ButtonFilled, ButtonStrong, ButtonTint, ButtonText, ButtonDanger, ButtonDisabled,
  Pill, PillOn, NavRail, NavRailStaff, NavTab, Tab, TabBar,
  TagSunk, TagTint, TagWarn, TagError, TagOutlined,
  Segmented, SegmentFirst, SegmentMiddle, SegmentLast, SegmentOnly, Chip,
  FieldBox, SearchBox, TableHead, TableRow, Toast, Dialog, Capsule, Hover,
  BarTop, BarBottom, RailWhite, RailInk,
};

struct Str {
  std::uint32_t at = 0, size = 0;
  bool empty() const { return size == 0; }
};

struct RunRef {
  Str text;
  Tone tone = Tone::Ink;
  bool bold = false;
  bool marked = false;
};

struct Attribute {
  const char* name;   ///< a literal
  Str value;
};

/// One laid-out line: bytes of the node's joined text.
struct LineRef {
  std::uint32_t from = 0, to = 0;
  float width = 0;
  bool ellipsis = false;
};

namespace flag {
inline constexpr std::uint32_t Wrap = 1, Divided = 2, Centered = 4, LineBelow = 8, Hidden = 16, Selected = 32,
    Disabled = 64, Error = 128, Bold = 256, Center = 512, End = 1024, Tabular = 2048, Solid = 4096,
    Vertical = 8192, Checked = 16384, Round = 32768, BasisZero = 1u << 16, Interactive = 1u << 17,
    Cover = 1u << 18, NoElement = 1u << 19, Heading = 1u << 20, Busy = 1u << 21, Field = 1u << 22,
    Nowrap = 1u << 23, Small = 1u << 24, Inline = 1u << 25, Fixed = 1u << 26, Current = 1u << 27,
    CoverRow = 1u << 28,   // like Cover, but takes the rectangle of the grandparent
    Balanced = 1u << 29,   // text whose lines are about equally long
    Hovered = 1u << 30, Pressed = 1u << 31;   // whatever the pointer does (Ui::pose)
}

struct Node {
  Id id = 0;
  Kind kind = Kind::Box;
  Skin skin = Skin::None;
  Tone tone = Tone::Ink;
  Icon icon = Icon::None;
  Mark mark = Mark::Next;
  Style style = Style::None;
  Axis axis = Axis::Column;
  Align align = Align::Stretch;
  Justify justify = Justify::Start;
  std::uint32_t flags = 0;
  int parent = -1, first = -1, last = -1, next = -1;
  int owner = -1;                 ///< the interactive node around it, or itself
  int scope = -1;                 ///< the keyed node that ids below hang on: around it, or itself
  int unnamed = 0;                ///< how many unkeyed ids were given out in this scope
  int children = 0;
  int part = -1;                  ///< which of Tree::parts it is the root of

  const char* tag = nullptr;      ///< HTML element; none: for layout only
  Str key;                        ///< as the view gave it
  std::uint32_t attr_from = 0, attr_to = 0;
  std::uint32_t run_from = 0, run_to = 0;
  Str words;                      ///< joined text of the runs; letter of a mark; label over a connector

  float gap = 0, grow = 0;
  Pad pad{};
  float width = 0, min_width = 0, max_width = 0, height = 0, min_height = 0, min_column = 0;
  int columns = 0;
  float font = 0, line_height = 0;
  int max_lines = 0;
  int value = 0, total = 0;       ///< progress; side of a module matrix; first byte in Tree::cells

  // ---- geometry, written by layout; x and y relative to the region's content
  float x = 0, y = 0, w = 0, h = 0;
  float natural = -1, least = -1; ///< cached content widths
  float measured_w = -1, measured_h = 0;
  std::uint32_t line_from = 0, line_to = 0;

  bool has(std::uint32_t f) const { return (flags & f) != 0; }
};

/// A part of the screen that is taken over from the last one while its stamp is the same (Ui::part): one node and all
/// below it, which lie together in each of the tree's lists.
struct PartRef {
  Id id = 0;
  std::uint64_t stamp = 0;
  int before = -1;                ///< which part of the last tree it was; -1: described or measured anew
  int node_from = 0, node_to = 0;
  std::uint32_t run_from = 0, run_to = 0, attr_from = 0, attr_to = 0, string_from = 0, string_to = 0;
  float x = 0, y = 0, w = 0, h = 0;   ///< where it stood in the last tree
};

/// What the page asked for besides its nodes.
struct RegionRef {
  Region region;
  int node;
};
struct Announcement {
  Str text;
  bool assertive;
};

class Tree {
 public:
  void clear();

  Node& at(int index) { return nodes[static_cast<std::size_t>(index)]; }
  const Node& at(int index) const { return nodes[static_cast<std::size_t>(index)]; }
  int size() const { return static_cast<int>(nodes.size()); }

  std::string_view text(Str s) const { return std::string_view(strings).substr(s.at, s.size); }
  Str store(std::string_view s);
  /// Appends a child to `parent` (-1: the root) and returns its index.
  int append(int parent, const Node& node);
  /// Attributes must be added before the node gets children.
  void attribute(int node, const char* name, std::string_view value);
  std::string_view attribute(const Node& node, const char* name) const;

  /// What is appended until end_part() is one part; it must be one keyed node with what is below it.
  void begin_part(Id id, std::uint64_t stamp);
  void end_part();
  /// Appends a part of another tree, as it was laid out there.
  void take_over(const Tree& last, int part, int parent);
  /// Makes a node, the last one of its siblings, a child of `parent` (-1: none).
  void adopt(int parent, int node);

  /// Takes a node from where it is and makes it the first or the last child of another.
  void move(int node, int parent, bool first);

  std::vector<Node> nodes;
  std::vector<RunRef> runs;
  std::vector<Attribute> attributes;
  std::vector<LineRef> lines;
  std::vector<RegionRef> regions;
  std::vector<Announcement> announcements;
  std::vector<Column> columns;        ///< of the open table; labels are not kept
  std::vector<std::uint8_t> cells;
  std::vector<PartRef> parts;
  struct { std::string route, label; bool pending = false; } row_link;   ///< goes into the row's first cell
  std::string strings;
  std::string title, route;
  bool staff = false;
  bool unfinished = false;            ///< parts are missing that the next run will add
};

}  // namespace tongban::ui
