// The workshop behind Ui: appends nodes, gives ids, and knows which element the pending action meant.
// Only client/ui/ui_*.cpp include this.
#pragma once

#include <string>
#include <string_view>

#include "client/ui/tokens.h"
#include "client/ui/tree.h"
#include "client/ui/ui.h"

namespace tongban::ui {

struct Builder {
  explicit Builder(Ui& ui_) : ui(ui_), tree(ui_.tree_), sizes(scale(ui_.type_size(), ui_.tree_.staff)) {}

  Ui& ui;
  Tree& tree;
  const Scale& sizes;

  /// Appends to the open scope. An empty key counts the unkeyed nodes of the scope instead.
  int leaf(Node node, std::string_view key = {});
  int open(Node node, std::string_view key = {});
  void close(int node);
  void attribute(int node, const char* name, std::string_view value) { tree.attribute(node, name, value); }

  Node box(const Box& box) const;
  /// A plain layout box.
  static Node stack(Axis axis, float gap, Align align = Align::Stretch);

  int text(std::string_view words, const Text& look, const char* tag = nullptr, std::string_view key = {});
  int runs(std::span<const Run> runs, const Text& look, const char* tag, std::string_view key);
  int sign(Icon icon, float size, Tone tone);
  /// A sign beside words: grows a little with the type.
  int word_sign(Icon icon, Tone tone, float size = 22) { return sign(icon, size * sizes.icon, tone); }
  void space(float size);
  void spring();
  int tick(bool round, bool checked, float size);

  /// The id that a child with this key will get in a scope.
  static Id id_within(Id scope, std::string_view key);
  /// The action that is pending for this node, or null.
  const Action* acted(Id id, ActionKind kind) const;
  bool clicked(int node) const { return acted(tree.at(node).id, ActionKind::Click) != nullptr; }
  bool inside_interactive() const;
  std::string_view say(std::string_view zh, std::string_view en) const { return ui.english() ? en : zh; }
  int current() const { return ui.current_; }
  void set_searched() { ui.searched_ = true; }
  void set_left() { ui.left_ = true; }
  Scope scope(int node, bool acted_now = false, bool is_open = true) { return Scope(&ui, node, acted_now, is_open); }
  /// The id that the words with this key will have below `node`, for an element that they name before they are written.
  std::string words_id(int node, std::string_view key) const { return dom_id(id_within(tree.at(tree.at(node).scope).id, key)); }
  /// Words that an element is named or described by.
  int naming_text(std::string_view words, const Text& look, std::string_view key);
  static std::string dom_id(Id id) { return "n" + std::to_string(id); }
  std::string dom_id(int node) const { return dom_id(tree.at(node).id); }

 private:
  void pose(int node);
  Id identify(std::string_view key, const Node& node);
};

}  // namespace tongban::ui
