#include "client/ui/tree.h"

#include <cstring>

namespace tongban::ui {

void Tree::clear() {
  nodes.clear();
  runs.clear();
  attributes.clear();
  lines.clear();
  regions.clear();
  announcements.clear();
  columns.clear();
  cells.clear();
  strings.clear();
  title.clear();
  route.clear();
  parts.clear();
  staff = unfinished = false;
}

Str Tree::store(std::string_view s) {
  const Str ref{static_cast<std::uint32_t>(strings.size()), static_cast<std::uint32_t>(s.size())};
  strings.append(s);
  return ref;
}

int Tree::append(int parent, const Node& node) {
  const int index = size();
  nodes.push_back(node);
  Node& added = nodes.back();
  added.first = added.last = added.next = -1;
  added.attr_from = added.attr_to = static_cast<std::uint32_t>(attributes.size());
  const int owner_above = parent >= 0 ? at(parent).owner : -1;
  added.owner = added.has(flag::Interactive) ? index : owner_above;
  adopt(parent, index);
  return index;
}

void Tree::adopt(int parent, int node) {
  at(node).parent = parent;
  if (parent < 0) return;
  Node& above = at(parent);
  if (above.last >= 0) at(above.last).next = node;
  else above.first = node;
  above.last = node;
  ++above.children;
}

void Tree::move(int node, int parent, bool first) {
  if (const int above = at(node).parent; above >= 0) {
    int before = -1;
    for (int child = at(above).first; child != node; child = at(child).next) before = child;
    (before < 0 ? at(above).first : at(before).next) = at(node).next;
    if (at(above).last == node) at(above).last = before;
    --at(above).children;
  }
  at(node).next = -1;
  if (!first || at(parent).first < 0) return adopt(parent, node);
  at(node).parent = parent;
  at(node).next = at(parent).first;
  at(parent).first = node;
  ++at(parent).children;
}

void Tree::attribute(int node, const char* name, std::string_view value) {
  attributes.push_back({name, store(value)});
  at(node).attr_to = static_cast<std::uint32_t>(attributes.size());
}

std::string_view Tree::attribute(const Node& node, const char* name) const {
  for (auto i = node.attr_from; i < node.attr_to; ++i) {
    if (std::strcmp(attributes[i].name, name) == 0) return text(attributes[i].value);
  }
  return {};
}

}  // namespace tongban::ui
