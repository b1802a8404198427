// Parts of a screen that outlive a frame: a row of a list that is as it was costs a copy, not a description, a layout and
// a comparison.
#include <cassert>

#include "client/ui/builder.h"

namespace tongban::ui {

void Tree::begin_part(Id id, std::uint64_t stamp) {
  parts.push_back({.id = id, .stamp = stamp, .node_from = size(), .node_to = size(), .run_from = static_cast<std::uint32_t>(runs.size()),
                   .attr_from = static_cast<std::uint32_t>(attributes.size()), .string_from = static_cast<std::uint32_t>(strings.size())});
}

void Tree::end_part() {
  PartRef& part = parts.back();
  part.node_to = size();
  part.run_to = static_cast<std::uint32_t>(runs.size());
  part.attr_to = static_cast<std::uint32_t>(attributes.size());
  part.string_to = static_cast<std::uint32_t>(strings.size());
  assert(part.node_to > part.node_from && !at(part.node_from).key.empty());
  at(part.node_from).part = static_cast<int>(parts.size()) - 1;
}

namespace {

/// Where the lists of another tree begin in this one.
struct Shift {
  int node;
  std::uint32_t run, attr, string;   // may wrap around, and come right when added

  Str moved(Str text) const { return text.empty() ? Str{} : Str{text.at + string, text.size}; }
};

void move_node(Node& node, const PartRef& part, const Shift& by, int owner_above) {
  const auto index = [&](int i, int outside) { return i >= part.node_from ? i + by.node : outside; };
  node.parent = index(node.parent, -1);
  node.first = index(node.first, -1);
  node.last = index(node.last, -1);
  node.next = index(node.next, -1);
  node.scope = index(node.scope, -1);
  node.owner = index(node.owner, owner_above);
  node.key = by.moved(node.key);
  node.words = by.moved(node.words);
  node.attr_from += by.attr;
  node.attr_to += by.attr;
  node.run_from += by.run;
  node.run_to += by.run;
}

}  // namespace

void Tree::take_over(const Tree& last, int which, int parent) {
  const PartRef& old = last.parts[static_cast<std::size_t>(which)];
  const Node& old_root = last.at(old.node_from);
  const Shift by{size() - old.node_from, static_cast<std::uint32_t>(runs.size()) - old.run_from,
                 static_cast<std::uint32_t>(attributes.size()) - old.attr_from, static_cast<std::uint32_t>(strings.size()) - old.string_from};
  begin_part(old.id, old.stamp);
  strings.append(last.strings, old.string_from, old.string_to - old.string_from);
  for (std::uint32_t i = old.run_from; i < old.run_to; ++i) {
    runs.push_back(last.runs[i]);
    runs.back().text = by.moved(runs.back().text);
  }
  for (std::uint32_t i = old.attr_from; i < old.attr_to; ++i) attributes.push_back({last.attributes[i].name, by.moved(last.attributes[i].value)});

  const int root = size(), owner_above = parent >= 0 ? at(parent).owner : -1;
  nodes.insert(nodes.end(), last.nodes.begin() + old.node_from, last.nodes.begin() + old.node_to);
  for (int i = root; i < size(); ++i) {
    Node& node = at(i);
    move_node(node, old, by, owner_above);
    if (node.kind != Kind::Text) continue;
    const std::uint32_t line_from = node.line_from, line_to = node.line_to;
    node.line_from = static_cast<std::uint32_t>(lines.size());
    lines.insert(lines.end(), last.lines.begin() + line_from, last.lines.begin() + line_to);
    node.line_to = static_cast<std::uint32_t>(lines.size());
  }
  at(root).next = -1;
  adopt(parent, root);
  end_part();
  PartRef& part = parts.back();
  part.before = which;
  part.x = old_root.x;
  part.y = old_root.y;
  part.w = old_root.w;
  part.h = old_root.h;
}

Part::~Part() {
  if (tree_) tree_->end_part();
}

/// A new screen unfolds: so many rows at first, and so many more with each frame.
std::size_t Ui::most_parts() const {
  constexpr std::size_t no_limit = static_cast<std::size_t>(-1);
  const Tree* last = input_.last;
  if (input_.new_parts <= 0) return no_limit;
  const auto more = static_cast<std::size_t>(input_.new_parts);
  if (!last || last->route != tree_.route || last->parts.empty()) return more;
  return last->unfinished ? last->parts.size() + more : no_limit;
}

Part Ui::part(std::string_view key, std::uint64_t stamp) {
  if (tree_.unfinished) return Part(nullptr);
  const Id id = Builder::id_within(tree_.at(tree_.at(current_).scope).id, key);
  if (input_.last && input_.last_fits && !input_.action) {
    const auto& old = input_.last->parts;
    // Nearly always the one after the last that was found.
    for (std::size_t turn = 0; turn < old.size(); ++turn, ++next_part_) {
      if (next_part_ >= old.size()) next_part_ = 0;
      if (old[next_part_].id != id) continue;
      if (old[next_part_].stamp != stamp) break;
      tree_.take_over(*input_.last, static_cast<int>(next_part_++), current_);
      return Part(nullptr);
    }
  }
  if (tree_.parts.size() >= most_parts()) {
    tree_.unfinished = true;
    return Part(nullptr);
  }
  tree_.begin_part(id, stamp);
  return Part(&tree_);
}

}  // namespace tongban::ui
