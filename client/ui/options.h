// What a view may say about each piece of a screen. Plain data with defaults: name only what differs.
//
// Fields stand in the order in which C++20 wants them named. Lengths are logical pixels at type size
// Normal; gaps and pads are tokens (4 8 12 16 20 24 32 40) and don't grow with the type, control heights do.
// Every string_view is copied when the call is made.
#pragma once

#include <cstdint>
#include <string_view>

#include "client/ui/enums.h"
#include "client/ui/icon.h"

namespace tongban::ui {

struct Page {
  std::string_view title = {};       ///< of the document; the view writes its own heading(1, …)
  std::string_view route = {};       ///< ids inside Region::Main hang on it
  bool staff = false;           ///< the staff's denser type
};

/// Space inside a box. `Pad{16}` all around, `Pad{16, 20}` vertical and horizontal.
struct Pad {
  float top = 0, right = 0, bottom = 0, left = 0;
  constexpr Pad() = default;
  constexpr Pad(float all) : top(all), right(all), bottom(all), left(all) {}
  constexpr Pad(float vertical, float horizontal) : top(vertical), right(horizontal), bottom(vertical), left(horizontal) {}
  constexpr Pad(float t, float r, float b, float l) : top(t), right(r), bottom(b), left(l) {}
};

/// How a box lays out its children and sits in its parent.
struct Box {
  std::string_view key = {};        ///< needed in lists whose rows come and go; else the position counts
  Role role = Role::None;
  std::string_view label = {};      ///< accessible name (sections, lists, groups)
  Axis axis = Axis::Column;
  float gap = 0;               ///< between children
  Pad pad = {};
  Align align = Align::Stretch;
  Justify justify = Justify::Start;
  bool wrap = false;           ///< rows only
  int columns = 0;             ///< grids: that many equal columns; 0 = as many of min_column as fit
  float min_column = 0;        ///< grids; grows with the type size, so that large type drops columns
  float grow = 0;              ///< share of what is left along the parent's axis
  float width = 0;             ///< 0 = by content or stretch
  float min_width = 0;
  float max_width = 0;         ///< 0 = none
  float height = 0;
  float min_height = 0;
  Style style = Style::None;
  bool divided = false;        ///< hairlines between children (columns: horizontal, rows: vertical)
  bool selected = false;       ///< 2px accent border, or tint in lists
  bool centered = false;       ///< itself centred in the parent when narrower (max_width)
  bool line_below = false;     ///< 1px line under it (top bars)
  bool hidden = false;         ///< semantic only: nothing is drawn and no room taken (visually hidden text)
};

struct Text {
  TextSize size = TextSize::Body;
  Tone tone = Tone::Ink;
  bool bold = false;
  float grow = 0;
  int lines = 0;               ///< at most so many, then …; 0 = all
  bool center = false;
  bool end = false;            ///< right-aligned
  bool tabular = false;        ///< identity and case numbers: letter-spaced
  std::string_view id = {};    ///< key, for text that must keep its element
};

/// A piece of a line in its own tone: ui.rich({{"现在开门", {.tone=Tone::Accent,.bold=true}}, {"，到 16:30"}}).
struct Run {
  std::string_view text = {};
  Tone tone = Tone::Ink;
  bool bold = false;
  bool marked = false;         ///< highlight behind it (what the search matched)
};

struct Button {
  ButtonKind kind = ButtonKind::Outlined;
  ButtonSize size = ButtonSize::Normal;
  Icon icon = Icon::None;
  Icon icon_after = Icon::None;
  std::string_view disabled_because = {};  ///< disabled, and why: shown to pointers, told to readers
  bool busy = false;           ///< spinner in place of the icon; can't be pressed
  bool submits = false;        ///< Enter in a field of the same form presses it
  float grow = 0;
  float width = 0;
  int pressed = -1;            ///< toggles: 0 or 1
  int expanded = -1;           ///< disclosures and menus: 0 or 1
  std::string_view describe = {};  ///< longer name where the word alone is ambiguous: "删除，身份证第 1 张"
};

struct Link {
  bool bold = true;
  TextSize size = TextSize::Body;
  Icon icon = Icon::None;
  bool chevron = false;        ///< › after the text
  bool as_button = false;      ///< drawn as `kind`
  ButtonKind kind = ButtonKind::Outlined;
  ButtonSize button_size = ButtonSize::Normal;
  bool current = false;        ///< aria-current
  float grow = 0;
  float width = 0;
  std::string_view describe = {};
};

/// A whole card or row that is one link (with `route`) or one button. Its content is written inside the scope.
struct Tile {
  std::string_view route = {};
  std::string_view label = {};     ///< accessible name; empty = the text inside
  Box box = {.style = Style::Card};
  bool current = false;
  std::string_view disabled_because = {};
};

struct Check {
  bool checked = false;
  std::string_view original = {};  ///< the label in its own language, small below it
  std::string_view caption = {};
  Tone caption_tone = Tone::Ink2;
  std::string_view trailing = {};  ///< small, at the right end ("8")
  Icon icon = Icon::None;          ///< a sign instead of the box's tick (Icon::Warn: this one is wrong)
  std::string_view disabled_because = {};
  float grow = 0;
  bool label_hidden = false;       ///< the words beside it say what it is; the label is its name only
};

struct Choice {
  Look look = Look::Segmented;
  std::string_view label = {};     ///< drawn bold above; also the group's name
  std::string_view caption = {};
  std::string_view error = {};
  bool label_hidden = false;
  bool required = false;
  int error_option = -1;           ///< drawn in error when chosen (staff: 要补)
  float grow = 0;
  float width = 0;
  bool small = false;
};

struct Option {
  std::string_view key = {};
  std::string_view label = {};
  std::string_view caption = {};
  Icon icon = Icon::None;
  std::string_view trailing = {};  ///< a count, at the right (Radio) or in a disc (Tabs)
};

struct Field {
  std::string_view value = {};
  FieldKind kind = FieldKind::Text;
  std::string_view hint = {};      ///< below, while there is no error
  std::string_view error = {};
  std::string_view placeholder = {};
  bool required = false;
  bool good = false;               ///< the tick at its right
  bool label_hidden = false;       ///< the label is the name only (search)
  std::string_view autocomplete = {};  ///< HTML token; each kind has a fitting one
  std::string_view disabled_because = {};
  std::string_view counter = {};   ///< right of the label: "已输 18 / 18 位"
  std::string_view button = {};    ///< Search: the filled button inside ("查找")
  int max_length = 0;
  int rows = 3;                    ///< Multiline
  bool big = false;                ///< Search at 72 instead of 60
  bool focus = false;              ///< takes the focus when it first appears
  float grow = 0;
  float width = 0;
};

struct Select {
  std::string_view label = {};
  std::string_view placeholder = {};   ///< first, empty option
  std::string_view hint = {};
  std::string_view error = {};
  bool required = false;
  bool label_hidden = false;
  std::string_view disabled_because = {};
  float grow = 0;
  float width = 0;
};

struct File {
  std::string_view accept = "image/jpeg,image/png,application/pdf";
  bool capture = false;            ///< straight to the camera where there is one
  bool multiple = false;
  ButtonKind kind = ButtonKind::Outlined;
  ButtonSize size = ButtonSize::Normal;
  Icon icon = Icon::Camera;
  float grow = 0;
  std::string_view disabled_because = {};
  std::string_view describe = {};  ///< longer name where the word alone is ambiguous
};

struct ProcessNode {
  std::string_view letter = {};    ///< "A", "B"; else the icon
  Icon icon = Icon::None;
  Mark mark = Mark::Next;
  std::string_view when = {};      ///< vertical: over the title ("11月17日 12:06")
  std::string_view title = {};
  std::string_view caption = {};
  std::string_view stress = {};    ///< after the caption, accent bold ("您不用去")
  std::string_view line_label = {};///< horizontal: over the line to the next node ("网上转，1 天内")
  bool solid = false;              ///< the line to the next: solid = you walk or done, dashed = ours or to come
  std::string_view link = {};      ///< vertical: at the right ("凭证"); without a route a button
  std::string_view route = {};
};

struct Step {
  std::string_view label = {};
  std::string_view route = {};     ///< a done step one can go back to
};

struct Column {
  std::string_view label = {};
  float width = 0;                 ///< 0 = shares what is left by grow
  float grow = 1;
  bool end = false;                ///< numbers stand right
};

struct Dialog {
  std::string_view caption = {};
  float max_width = 520;
  bool alert = false;              ///< role alertdialog; the backdrop doesn't dismiss it
};

}  // namespace tongban::ui
