#include "tests/unit/views/line_faults.h"

#include <algorithm>

#include "client/ui/font_metrics.h"
#include "client/ui/text_layout.h"
#include "client/ui/utf8.h"

namespace tongban::views {
namespace {

using ui::Kind;
using ui::Node;
using ui::Tree;

constexpr float slack = 0.6f;

std::u32string characters_of(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) out += ui::next_character(text, at);
  return out;
}

class Look {
 public:
  Look(const Tree& tree, float width) : tree_(tree), width_(width) {}

  std::vector<std::string> run() {
    for (const auto& region : tree_.regions) below(region.node);
    return std::move(faults_);
  }

 private:
  void fault(const Node& node, const char* what) { faults_.push_back("“" + std::string(tree_.text(words_of(node))) + "” " + what); }

  /// The node's own words, or the first below it.
  ui::Str words_of(const Node& node) const {
    if (!node.words.empty() || node.first < 0) return node.words;
    for (int c = node.first; c >= 0; c = tree_.at(c).next)
      if (const ui::Str words = words_of(tree_.at(c)); !words.empty()) return words;
    return {};
  }

  /// What is written on it is a name, not a text that goes on.
  static bool is_label(ui::Skin skin) {
    return (skin >= ui::Skin::ButtonOutlined && skin <= ui::Skin::Tab) || (skin >= ui::Skin::Segmented && skin <= ui::Skin::Chip);
  }

  static bool drawn(const Node& node) { return node.kind != Kind::Option && !node.has(ui::flag::Hidden | ui::flag::Cover | ui::flag::CoverRow); }

  void below(int index) {
    const Node& node = tree_.at(index);
    if (node.kind == Kind::Text) return words(node);
    const Node* before = nullptr;
    for (int c = node.first; c >= 0; c = tree_.at(c).next) {
      const Node& child = tree_.at(c);
      if (!drawn(child)) continue;
      if (child.x + child.w > node.x + node.w + slack || child.x < node.x - slack) fault(child, "reaches out of the box around it, across");
      if (child.y + child.h > node.y + node.h + slack) fault(child, "reaches out of the box around it, down");
      const bool beside = node.axis == ui::Axis::Row && !node.has(ui::flag::Wrap);
      if (before && beside && child.x < before->x + before->w - slack) fault(child, "lies over what is left of it");
      before = &child;
      below(c);
    }
  }

  void words(const Node& node) {
    const std::string_view text = tree_.text(node.words);
    const bool control = node.owner >= 0 && is_label(tree_.at(node.owner).skin);
    const std::uint32_t lines = node.line_to - node.line_from;
    for (std::uint32_t i = node.line_from; i < node.line_to; ++i) {
      const ui::LineRef& line = tree_.lines[i];
      const std::u32string on = characters_of(text.substr(line.from, line.to - line.from));
      if (line.width > node.w + slack) fault(node, "has a line that is wider than its room");
      if (lines > 1 && control && on.size() == 1) fault(node, "is a control's, and leaves one character alone");
      if (i + 1 < node.line_to && ends_inside_a_word(node, text, line)) fault(node, "is parted in the middle of a word");
    }
    const std::u32string all = characters_of(text);
    const bool short_label = all.size() <= 4 && std::all_of(all.begin(), all.end(), ui::is_wide);
    const bool halves = node.owner >= 0 && tree_.at(node.owner).skin == ui::Skin::NavTab && all.size() == 4;   // two above two
    if (control && short_label && lines > 1 && !halves) fault(node, "is a short word of a control, and stands in several lines");
  }

  /// Numbers, codes, and words that the whole window is too narrow for may be parted anywhere.
  bool ends_inside_a_word(const Node& node, std::string_view text, const ui::LineRef& line) const {
    const std::u32string before = characters_of(text.substr(0, line.to)), after = characters_of(text.substr(line.to));
    if (before.empty() || after.empty() || after.front() == U'\n' || after.front() == U' ') return false;
    if (ui::may_break(before.back(), after.front())) return false;
    std::size_t size = 0;
    for (std::size_t i = before.size(); i > 0 && (i == before.size() || !ui::may_break(before[i - 1], before[i])); --i) ++size;
    for (std::size_t i = 0; i < after.size() && (i == 0 || !ui::may_break(after[i - 1], after[i])); ++i) ++size;
    constexpr float latin = 0.56f, margins = 144;
    return !node.has(ui::flag::Tabular) && static_cast<float>(size) * latin * node.font <= width_ - margins;
  }

  const Tree& tree_;
  float width_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> line_faults(const ui::Tree& tree, float width) { return Look(tree, width).run(); }

}  // namespace tongban::views
