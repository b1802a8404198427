// Runs a view once for a test, with an action or without.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "client/ui/layout.h"
#include "client/ui/tree.h"
#include "client/ui/ui.h"

namespace tongban::ui {

struct Described {
  Tree tree;
  Input input;
  Memory memory;

  explicit Described(const std::function<void(Ui&)>& view, const Action* action = nullptr, float width = 1024) {
    input.width = width;
    input.height = 768;
    input.action = action;
    input.memory = &memory;
    Ui ui(input, tree);
    auto page = ui.page({.title = "页", .route = "/page"});
    auto main = ui.region(Region::Main);
    ui.heading(1, "页");
    view(ui);
  }

  const Node& keyed(std::string_view key) const {
    for (const Node& node : tree.nodes) if (tree.text(node.key) == key) return node;
    static const Node none;
    return none;
  }
  const Node& said(std::string_view words) const {
    for (const Node& node : tree.nodes) if (node.kind == Kind::Text && tree.text(node.words) == words) return node;
    static const Node none;
    return none;
  }
  /// The id of the input element within a field, check or choice.
  Id input_of(std::string_view key) const {
    for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
      if (tree.text(tree.nodes[i].key) != key) continue;
      for (std::size_t j = i; j < tree.nodes.size(); ++j) if (tree.nodes[j].kind == Kind::Input) return tree.nodes[j].id;
    }
    return 0;
  }
  Described& laid_out(float height = 768) {
    frames = layout_screen(tree, faces, {input.width, height});
    return *this;
  }

  Faces faces;   ///< empty: Han are one em wide, Latin 0.56
  std::vector<LayerFrame> frames;
};

}  // namespace tongban::ui
