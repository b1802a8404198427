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
  staff = false;
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
  added.parent = parent;
  added.first = added.last = added.next = -1;
  added.attr_from = added.attr_to = static_cast<std::uint32_t>(attributes.size());
  if (parent >= 0) {
    Node& above = at(parent);
    if (above.last >= 0) at(above.last).next = index;
    else above.first = index;
    above.last = index;
    ++above.children;
    added.owner = added.has(flag::Interactive) ? index : above.owner;
  } else {
    added.owner = added.has(flag::Interactive) ? index : -1;
  }
  return index;
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
