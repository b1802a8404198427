#include "client/ui/text_layout.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "client/ui/utf8.h"

namespace tongban::ui {
namespace {

constexpr std::u32string_view no_line_start = U"，。、；：？！）》」』”’%…—,.;:?!)]}·〉】〗ー々‰℃";
constexpr std::u32string_view no_line_end = U"（《「『“‘([{〈【〖￥$";

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

/// One run of the greedy breaker. `emit(from, to, width)` gets piece indices.
template <typename Emit>
void break_pieces(const std::vector<Piece>& pieces, float width, Emit emit) {
  constexpr float slack = 0.01f;
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
    emit(start, trimmed, used);
    start = forced && end == i ? end + 1 : end;
    while (!forced && start < pieces.size() && pieces[start].c == U' ') ++start;
  }
}

std::uint32_t byte_of(const Node& node, const std::vector<Piece>& pieces, std::size_t index) {
  return index < pieces.size() ? pieces[index].byte : node.words.size;
}

/// The narrowest width that needs no more lines: a heading doesn't leave two characters alone on its last one.
float balanced_width(const std::vector<Piece>& pieces, float width, int lines) {
  constexpr int most_lines = 4, steps = 7;
  if (lines < 2 || lines > most_lines) return width;
  float wide = width, narrow = width / 2;
  for (int step = 0; step < steps; ++step) {
    const float middle = (wide + narrow) / 2;
    int count = 0;
    bool fits = true;
    break_pieces(pieces, middle, [&](std::size_t, std::size_t, float used) {
      ++count;
      fits = fits && used <= middle + 0.01f;
    });
    (count <= lines && fits ? wide : narrow) = middle;
  }
  return wide;
}

/// Where two lines part best: after the comma nearest the middle, if both fit; 0: nowhere.
std::size_t comma_break(const std::vector<Piece>& pieces, float width) {
  constexpr std::u32string_view commas = U"，；：、。";
  float all = 0, used = 0, nearest = 1e9f;
  for (const Piece& piece : pieces) all += piece.advance;
  std::size_t best = 0;
  for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
    used += pieces[i].advance;
    const float off = std::abs(all - 2 * used);
    if (!in(commas, pieces[i].c) || !may_break(pieces[i].c, pieces[i + 1].c) || used > width || all - used > width || off >= nearest) continue;
    nearest = off;
    best = i + 1;
  }
  return best;
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
  node.line_from = static_cast<std::uint32_t>(tree.lines.size());
  const auto break_at = [&](float limit) {
    tree.lines.resize(node.line_from);
    break_pieces(pieces, limit, [&](std::size_t from, std::size_t to, float used) {
      tree.lines.push_back({byte_of(node, pieces, from), byte_of(node, pieces, to), used, false});
    });
    node.line_to = static_cast<std::uint32_t>(tree.lines.size());
    return static_cast<int>(node.line_to - node.line_from);
  };
  int count = break_at(width);
  if (const std::size_t comma = node.has(flag::Balanced) && count == 2 ? comma_break(pieces, width) : 0; comma > 0) {
    const auto line = [&](std::size_t from, std::size_t to) {
      float used = 0;
      for (std::size_t i = from; i < to; ++i) used += pieces[i].advance;
      return LineRef{byte_of(node, pieces, from), byte_of(node, pieces, to), used, false};
    };
    tree.lines[node.line_from] = line(0, comma);
    tree.lines[node.line_from + 1] = line(comma, pieces.size());
  } else if (node.has(flag::Balanced)) {
    if (const float narrower = balanced_width(pieces, width, count); narrower < width) count = break_at(narrower);
  }
  if (node.max_lines > 0 && count > node.max_lines) {
    tree.lines.resize(node.line_from + static_cast<std::uint32_t>(node.max_lines));
    node.line_to = static_cast<std::uint32_t>(tree.lines.size());
    clamp_last(tree, node, pieces, width, faces);
    count = node.max_lines;
  }
  return static_cast<float>(std::max(count, 1)) * node.font * node.line_height;
}

}  // namespace tongban::ui
