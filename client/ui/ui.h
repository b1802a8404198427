// How a view describes a screen: the only header of client/ui that views include.
//
// A view runs from top to bottom, opens scopes (RAII: a scope ends with its C++ block) and writes leaves.
// Leaves return what the resident just did with their DOM element; the view turns that into intents.
// Nothing is drawn here: the tree that remains is laid out and painted on the canvas with a twin of real
// elements above it (client/platform/browser), or written as flowing HTML (client/platform/headless).
//
//   auto page = ui.page({.title = "查事项", .route = "/items"});
//   auto main = ui.region(Region::Main);
//   auto body = ui.column({.gap = 16, .pad = ui.margin()});
//   ui.heading(1, "查事项");
//   for (const Row& row : rows) {
//     auto tile = ui.tile(row.key, {.route = row.route, .box = {.role = Role::Item, .pad = 16, .style = Style::Card}});
//     ui.text(row.name, {.bold = true});
//   }
//   if (ui.button("more", "再看 20 项")) intents.push_back(...);
//
// An element's id is the hash of its scopes' keys and its own: the words on it never count, so a change of
// language or text keeps focus and selection. Two siblings with the same key are a bug; the audit reports it.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "client/ui/input.h"
#include "client/ui/options.h"

namespace tongban::ui {

class Tree;
struct Node;

/// Open until the end of the block that holds it.
class [[nodiscard]] Scope {
 public:
  Scope(Scope&& other) noexcept;
  Scope& operator=(Scope&&) = delete;
  ~Scope();

  /// Tiles: was it pressed just now? (A tile with a route navigates by itself.)
  bool pressed() const { return acted_; }
  /// Dialogs: Escape, the backdrop, or the browser's back.
  bool dismissed() const { return acted_; }
  /// Forms: Enter in a field, or the button that submits.
  bool submitted() const { return acted_; }
  /// Disclosures: whether the content is to be written.
  bool open() const { return open_; }

 private:
  friend class Ui;
  friend struct Builder;
  Scope(class Ui* ui, int node, bool acted = false, bool open = true);
  class Ui* ui_;
  int node_;
  bool acted_;
  bool open_;
};

/// Ends a part (Ui::part). True: it must be described.
class [[nodiscard]] Part {
 public:
  explicit Part(Tree* tree) : tree_(tree) {}
  Part(const Part&) = delete;
  ~Part();
  explicit operator bool() const { return tree_ != nullptr; }

 private:
  Tree* tree_;
};

/// A file that the resident chose; its bytes wait in the platform until the next event.
struct FileRef {
  std::string name;
  std::string type;
  std::span<const std::uint8_t> bytes;
  PictureLook look = {};
};

class Ui {
 public:
  Ui(const Input& input, Tree& tree);
  ~Ui();
  Ui(const Ui&) = delete;

  // ---- where we are -------------------------------------------------------------------------
  SizeClass size_class() const;
  bool phone() const { return size_class() == SizeClass::Phone; }
  bool wide() const { return size_class() != SizeClass::Phone; }
  bool desktop() const { return size_class() == SizeClass::Desktop; }
  /// How many characters of the body's size the window is wide.
  float ems() const;
  /// Large type that needs one column where two would fit.
  bool roomy() const;
  /// Written as HTML without geometry (prerender, no WebGL2, print): describe everything, fold nothing.
  bool flowing() const { return input_.flowing; }
  TypeSize type_size() const { return input_.type_size; }
  Theme theme() const { return input_.theme; }
  bool english() const { return input_.english; }
  float width() const { return input_.width; }
  float height() const { return input_.height; }
  Instant now() const { return input_.now; }
  /// The page's margin for this width: 16, 32 or 40 on both sides.
  Pad margin() const;

  // ---- scopes -------------------------------------------------------------------------------
  Scope page(const Page& page);
  /// Main scrolls, the others stand still. Content is a column. Order of calls = order of reading.
  /// Beside stands right of a Main that is `width` wide, takes the rest, and scrolls by itself.
  Scope region(Region region, const Box& box = {});
  Scope box(const Box& box);
  Scope row(Box box = {});        ///< axis Row, centred across
  Scope column(Box box = {});
  Scope grid(Box box);            ///< columns or min_column
  Scope card(Box box = {});       ///< Style::Card, pad 20 (16 on phones), unless given
  Scope list(std::string_view label, Box box = {});
  Scope item(std::string_view key, Box box = {});
  /// A titled part of the page: <section> named by its h2, the heading drawn.
  Scope section(std::string_view key, std::string_view title, Box box = {});
  Scope form(std::string_view key, std::string_view label, Box box = {});
  Scope tile(std::string_view key, const Tile& tile);
  /// One row of a long list: `if (auto part = ui.part(key, stamp)) { … one keyed scope … }`. While the stamp is the same
  /// it is taken over from the last screen with its layout and its elements; `stamp` stands for all that the row is made
  /// from, but for language, type and window. Of a new screen only as many rows as a frame has time for are described;
  /// the rest follows in the next frames. A part may hold links, but no announcement and no matrix of modules.
  Part part(std::string_view key, std::uint64_t stamp);
  Scope dialog(std::string_view key, std::string_view title, const Dialog& dialog = {});
  /// The last tile of a grid that shows only its first ones: shows the others and hides them again. `unfolded(key)`, asked
  /// before in the same scope, is whether they are shown; where all is shown anyway it is true.
  Scope unfold(std::string_view key, const Tile& tile);
  bool unfolded(std::string_view key) const;
  /// A button that shows or hides what is written inside `if (d.open())`. Keeps its own state.
  Scope disclosure(std::string_view key, std::string_view label, bool open_at_first = false);
  Scope table(std::string_view key, std::string_view label, std::span<const Column> columns);
  Scope table_row(std::string_view key, const Tile& tile = {});  ///< with a route, the first cell is the link
  Scope cell();
  Scope pairs(Box box = {});      ///< <dl>; see pair()

  // ---- words --------------------------------------------------------------------------------
  void heading(int level, std::string_view text, const Text& look = {});
  void text(std::string_view text, const Text& look = {});
  void rich(std::span<const Run> runs, const Text& look = {});
  void rich(std::initializer_list<Run> runs, const Text& look = {}) { rich(std::span<const Run>(runs.begin(), runs.size()), look); }
  void caption(std::string_view words, Tone tone = Tone::Ink2) { text(words, {.size = TextSize::Caption, .tone = tone}); }
  /// "要跑 …… 1 趟": name left, value bold right; on narrow boxes one under the other.
  void pair(std::string_view name, std::string_view value, const Text& value_look = {.bold = true}, bool ticked = false);
  void tag(std::string_view text, Style style = Style::Sunk, Icon icon = Icon::None);
  void icon(Icon icon, float size = 24, Tone tone = Tone::Ink);
  void logo(float size = 40, std::string_view name = {}, Style style = Style::None);
  /// The filled or ringed letter of a centre.
  void letter(std::string_view letter, bool filled, float size = 24);
  void dot(Tone tone);
  void line();
  void gap(float size);
  void spring();                  ///< takes what is left in a row or column

  // ---- signs --------------------------------------------------------------------------------
  void banner(Style kind, std::string_view title, std::string_view caption = {}, Icon icon = Icon::None);
  void empty(Icon icon, std::string_view title, std::string_view caption = {});
  /// `justify`, across: nodes at the left of their columns, or in their middle (without words over the lines).
  /// Which node's link was pressed, of those that have one without a route.
  std::optional<int> process(std::string_view label, std::span<const ProcessNode> nodes, Axis axis, Justify justify = Justify::Start);
  void stepper(std::string_view label, std::span<const Step> steps, int current);
  /// Without a label it is only drawn: words beside it say the same.
  void progress(std::string_view label, int done, int total);
  /// One bar of a chart, `value` of `most` as long as there is room; only drawn, the number stands beside.
  void bar(int value, int most);
  void spinner(std::string_view label);
  /// A square of dark and light modules (QR), `side` × `side`, dark = non-zero.
  void modules(std::string_view alt, std::span<const std::uint8_t> cells, int side, float size);
  /// A picture: a path of our own origin, or "photo:<name>", which the shell then asks the app for.
  void image(std::string_view key, std::string_view alt, std::string_view source, float width, float height);
  /// The offline/saved capsule and its kin: icon and word pairs with a hairline between.
  struct Sign { Icon icon; std::string_view text; Tone tone = Tone::Accent; };
  void capsule(std::span<const Sign> signs);

  // ---- what can be acted on -----------------------------------------------------------------
  bool button(std::string_view key, std::string_view label, const Button& look = {});
  bool pill(std::string_view key, std::string_view label, Icon icon = Icon::None, int pressed = -1);
  /// A real link. Routes of ours are followed by the shell; true when that just happened.
  bool link(std::string_view key, std::string_view text, std::string_view route, const Link& look = {});
  /// An entry of the rail or of the tab bar, drawn as fits the region.
  bool nav(std::string_view key, std::string_view label, Icon icon, std::string_view route, bool current);
  /// True when it was just switched; `checked` is what the app knew before.
  bool check(std::string_view key, std::string_view label, const Check& look = {});
  std::optional<int> choice(std::string_view key, std::span<const Option> options, int selected, const Choice& look = {});
  std::optional<int> choice(std::string_view key, std::initializer_list<Option> options, int selected, const Choice& look = {}) {
    return choice(key, std::span<const Option>(options.begin(), options.size()), selected, look);
  }
  /// The new text. IdentityNumber comes without its spaces, upper case.
  std::optional<std::string> field(std::string_view key, std::string_view label, const Field& look);
  std::optional<int> select(std::string_view key, std::span<const Option> options, int selected, const Select& look = {});
  std::optional<FileRef> file(std::string_view key, std::string_view label, const File& look = {});
  /// Digits, X and erase (⌫ = '\b') for the identity number.
  std::optional<char> keypad(std::string_view key);
  bool toast(std::string_view key, std::string_view text, Icon icon = Icon::None, std::string_view action = {});
  /// The button inside the last Search field, or Enter in it.
  bool searched() const { return searched_; }
  /// The last field lost the focus just now (the moment to show its error).
  bool left_field() const { return left_; }
  /// The last field drawn, one of an identity number, has just got the focus.
  bool entered_field() const { return entered_; }

  /// From now on, until another pose, every control looks as if it were so: for the page of components.
  void pose(Pose pose) { pose_ = pose; }

  /// Told once to assistive technology, when it is new in this frame.
  void announce(std::string_view text, bool assertive = false);

 private:
  friend class Scope;
  friend struct Builder;
  std::size_t most_parts() const;
  const Input& input_;
  Tree& tree_;
  int current_ = -1;
  std::size_t next_part_ = 0;   ///< of the last screen's, where the next is looked for
  bool searched_ = false;
  bool left_ = false, entered_ = false;
  Pose pose_ = Pose::None;
};

}  // namespace tongban::ui
