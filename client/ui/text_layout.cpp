#include "client/ui/text_layout.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "client/ui/utf8.h"

namespace tongban::ui {
namespace {

constexpr std::u32string_view no_line_start = U"，。、；：？！）》」』”’%…—,.;:?!)]}·〉】〗ー々‰℃/";
constexpr std::u32string_view no_line_end = U"（《「『“‘([{〈【〖￥$";

constexpr float slack = 0.01f;

bool in(std::u32string_view set, char32_t c) { return set.find(c) != std::u32string_view::npos; }

struct Piece {
  std::uint32_t byte;
  char32_t c;
  float advance;
};

/// The node's characters with their advances; reused between calls, as nearly every frame needs hundreds.
const std::vector<Piece>& pieces_of(const Tree& tree, const Node& node, const Faces& faces) {
  static thread_local std::vector<Piece> pieces;
  pieces.clear();
  for (std::uint32_t i = node.run_from; i < node.run_to; ++i) {
    const RunRef& run = tree.runs[i];
    const std::string_view text = tree.text(run.text);
    for (std::size_t at = 0; at < text.size();) {
      const auto byte = static_cast<std::uint32_t>(run.text.at - node.words.at + at);
      const char32_t c = next_character(text, at);
      float em = c == U'\n' ? 0.f : faces.advance(c, run.bold);
      if (node.has(flag::Tabular)) em += tabular_spacing;
      pieces.push_back({byte, c, em * node.font});
    }
  }
  return pieces;
}

/// A line as a range of pieces, with what it needs of the width.
struct Line {
  std::size_t from, to;
  float width;
};

/// The greedy breaker: as much on each line as fits.
void break_pieces(const std::vector<Piece>& pieces, float width, std::vector<Line>& lines) {
  std::size_t start = 0;
  while (start < pieces.size()) {
    float used = 0, used_at_break = 0;
    std::size_t i = start, last_break = start;
    bool forced = false;
    for (; i < pieces.size(); ++i) {
      if (pieces[i].c == U'\n') { forced = true; break; }
      if (i > start && may_break(pieces[i - 1].c, pieces[i].c)) {
        last_break = i;
        used_at_break = used;
      }
      // Spaces hang over the end of a line.
      if (used + pieces[i].advance > width + slack && pieces[i].c != U' ' && i > start) break;
      used += pieces[i].advance;
    }
    std::size_t end = i;
    if (i < pieces.size() && !forced && last_break > start) {
      end = last_break;
      used = used_at_break;
    }
    std::size_t trimmed = end;
    while (trimmed > start && pieces[trimmed - 1].c == U' ') used -= pieces[--trimmed].advance;
    lines.push_back({start, trimmed, used});
    start = forced && end == i ? end + 1 : end;
    while (!forced && start < pieces.size() && pieces[start].c == U' ') ++start;
  }
}

std::uint32_t byte_of(const Node& node, const std::vector<Piece>& pieces, std::size_t index) {
  return index < pieces.size() ? pieces[index].byte : node.words.size;
}

Line line_between(const std::vector<Piece>& pieces, std::size_t from, std::size_t to) {
  while (to > from && pieces[to - 1].c == U' ') --to;
  float used = 0;
  for (std::size_t i = from; i < to; ++i) used += pieces[i].advance;
  return {from, to, used};
}

/// Does a clause end before this piece, so that a line may end there without tearing it?
bool clause_ends(const std::vector<Piece>& pieces, std::size_t at) {
  constexpr std::u32string_view closing = U"，；：、。）》”/", opening = U"（《“";
  const char32_t before = pieces[at - 1].c;
  if (before != U' ') return in(closing, before) || in(opening, pieces[at].c);
  return at < 2 || pieces[at - 2].c < U'0' || pieces[at - 2].c > U'9';   // a number keeps its noun
}

/// Lines of headings and centred words: about equally long, so that none leaves two characters alone, and parted where a
/// clause ends rather than within it. False where no such lines fit.
bool even_out(const std::vector<Piece>& pieces, float width, float em, std::vector<Line>& lines) {
  constexpr std::size_t most_lines = 6, most_pieces = 96;
  constexpr float none = 1e9f, torn = 12;   // a torn clause weighs as much as a line that is 3.5 em off
  const std::size_t count = lines.size();
  if (count < 2 || count > most_lines || pieces.size() > most_pieces) return false;
  std::vector<std::size_t> stops{0};
  float all = 0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].c == U'\n') return false;
    if (i > 0 && may_break(pieces[i - 1].c, pieces[i].c)) stops.push_back(i);
    all += pieces[i].advance;
  }
  stops.push_back(pieces.size());
  const float even = all / static_cast<float>(count);
  std::vector<float> cost(stops.size(), none);
  cost[0] = 0;
  std::vector<std::vector<std::size_t>> came(count, std::vector<std::size_t>(stops.size()));
  for (std::size_t line = 0; line < count; ++line) {
    std::vector<float> next(stops.size(), none);
    for (std::size_t to = 1; to < stops.size(); ++to) {
      const float end = to + 1 == stops.size() || clause_ends(pieces, stops[to]) ? 0 : torn;
      for (std::size_t from = to; from-- > 0;) {
        const float used = line_between(pieces, stops[from], stops[to]).width, off = (used - even) / em;
        if (used > width + slack) break;
        const float sum = cost[from] + off * off + end;
        if (cost[from] >= none || sum > next[to] - 0.001f) continue;
        next[to] = sum;
        came[line][to] = from;
      }
    }
    cost = std::move(next);
  }
  if (cost.back() >= none) return false;
  for (std::size_t line = count, to = stops.size() - 1; line-- > 0; to = came[line][to])
    lines[line] = line_between(pieces, stops[came[line][to]], stops[to]);
  return true;
}

/// The last line of a text is not one character: the line above gives it another.
void keep_company(const std::vector<Piece>& pieces, std::vector<Line>& lines) {
  constexpr std::size_t enough = 5;
  if (lines.size() < 2) return;
  Line &last = lines.back(), &above = lines[lines.size() - 2];
  std::size_t end = last.to;
  while (end > last.from && in(no_line_start, pieces[end - 1].c)) --end;
  const bool alone = end == last.from + 1 && is_wide(pieces[last.from].c) && above.to == last.from;
  if (!alone || above.to - above.from < enough) return;
  std::size_t stop = above.to - 1;
  while (stop > above.from && !may_break(pieces[stop - 1].c, pieces[stop].c)) --stop;
  if (stop - above.from < enough - 1) return;
  last = line_between(pieces, stop, last.to);
  above = line_between(pieces, above.from, stop);
}

/// Shortens the last allowed line so that … fits behind it.
void clamp_last(Tree& tree, Node& node, const std::vector<Piece>& pieces, float width, const Faces& faces) {
  LineRef& line = tree.lines[node.line_to - 1];
  const float dots = faces.advance(U'…', node.has(flag::Bold)) * node.font;
  float used = 0;
  line.to = line.from;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].byte < line.from) continue;
    if (pieces[i].c == U'\n' || used + pieces[i].advance + dots > width) break;
    used += pieces[i].advance;
    line.to = byte_of(node, pieces, i + 1);
  }
  line.width = used + dots;
  line.ellipsis = true;
}

}  // namespace

bool may_break(char32_t before, char32_t after) {
  if (before == U' ') return after != U' ';
  if (after == U' ' || in(no_line_start, after) || in(no_line_end, before)) return false;
  if (before == U'-' || before == U'/') return after > 0x7F || (after >= U'a' && after <= U'z') || (after >= U'A' && after <= U'Z');
  return is_wide(before) || is_wide(after);
}

float natural_text_width(const Tree& tree, const Node& node, const Faces& faces) {
  float longest = 0, used = 0;
  for (const Piece& piece : pieces_of(tree, node, faces)) {
    used = piece.c == U'\n' ? 0 : used + piece.advance;
    longest = std::max(longest, used);
  }
  return std::ceil(longest * 4) / 4;
}

float least_text_width(const Tree& tree, const Node& node, const Faces& faces) {
  const std::vector<Piece>& pieces = pieces_of(tree, node, faces);
  float longest = 0, used = 0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (i > 0 && (pieces[i].c == U'\n' || may_break(pieces[i - 1].c, pieces[i].c))) used = 0;
    if (pieces[i].c != U' ') used += pieces[i].advance;
    longest = std::max(longest, used);
  }
  return std::ceil(longest * 4) / 4;
}

float break_text(Tree& tree, Node& node, float width, const Faces& faces) {
  const std::vector<Piece>& pieces = pieces_of(tree, node, faces);
  static thread_local std::vector<Line> lines;
  lines.clear();
  break_pieces(pieces, width, lines);
  const bool evened = node.has(flag::Balanced) && even_out(pieces, width, node.font, lines);
  if (!evened && node.max_lines == 0) keep_company(pieces, lines);
  node.line_from = static_cast<std::uint32_t>(tree.lines.size());
  for (const Line& line : lines) tree.lines.push_back({byte_of(node, pieces, line.from), byte_of(node, pieces, line.to), line.width, false});
  node.line_to = static_cast<std::uint32_t>(tree.lines.size());
  int count = static_cast<int>(lines.size());
  if (node.max_lines > 0 && count > node.max_lines) {
    tree.lines.resize(node.line_from + static_cast<std::uint32_t>(node.max_lines));
    node.line_to = static_cast<std::uint32_t>(tree.lines.size());
    clamp_last(tree, node, pieces, width, faces);
    count = node.max_lines;
  }
  return static_cast<float>(std::max(count, 1)) * node.font * node.line_height;
}

}  // namespace tongban::ui
