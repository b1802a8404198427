// Tables of the staff: rows share the widths that the table's columns ask for.
#include <string>

#include "client/ui/builder.h"
#include "client/ui/ui.h"

namespace tongban::ui {
namespace {

Node cell_box(const Builder& b, const Column& column) {
  Node node = Builder::stack(Axis::Row, 8, Align::Center);
  node.tag = "div";
  node.pad = Pad(0, 12);
  node.min_height = 54 + (b.sizes.touch - 48);
  node.justify = column.end ? Justify::End : Justify::Start;
  if (column.width > 0) {
    node.width = column.width * b.sizes.body / (b.tree.staff ? 16.f : 18.f);
    node.flags |= flag::Fixed;
  } else {
    node.grow = column.grow;
    node.flags |= flag::BasisZero;
  }
  return node;
}

}  // namespace

Scope Ui::table(std::string_view key, std::string_view label, std::span<const Column> columns) {
  Builder b(*this);
  const int parent = b.current();
  Node table = Builder::stack(Axis::Column, 0);
  table.tag = "div";
  table.flags |= flag::Divided;
  const int opened = b.open(table, key);
  b.attribute(opened, "role", "table");
  b.attribute(opened, "aria-label", label);
  tree_.columns.assign(columns.begin(), columns.end());
  Node head = Builder::stack(Axis::Row, 0, Align::Center);
  head.tag = "div";
  head.skin = Skin::TableHead;
  const int row = b.open(head, "head");
  b.attribute(row, "role", "row");
  for (const Column& column : columns) {
    Node cell = cell_box(b, column);
    cell.min_height = 42;
    const int made = b.open(cell);
    b.attribute(made, "role", "columnheader");
    b.text(column.label, {.size = TextSize::Caption, .tone = Tone::Ink2}, "span");
    b.close(made);
  }
  b.close(row);
  return b.scope(parent);
}

Scope Ui::table_row(std::string_view key, const Tile& tile) {
  Builder b(*this);
  const int parent = b.current();
  Node row = Builder::stack(Axis::Row, 0, Align::Center);
  row.tag = "div";
  row.skin = tile.box.selected || tile.current ? Skin::RowSelected : Skin::TableRow;
  const int opened = b.open(row, key);
  b.attribute(opened, "role", "row");
  if (tile.box.selected || tile.current) b.attribute(opened, "aria-selected", "true");
  tree_.row_link = {std::string(tile.route), std::string(tile.label), !tile.route.empty() || !tile.label.empty()};
  return b.scope(parent, b.acted(Builder::id_within(tree_.at(opened).id, "link"), ActionKind::Click) != nullptr);
}

Scope Ui::cell() {
  Builder b(*this);
  const int parent = b.current();
  // The n-th cell belongs to the n-th column; `value` of the row counts.
  const auto index = static_cast<std::size_t>(tree_.at(parent).value++);
  const Column column = index < tree_.columns.size() ? tree_.columns[index] : Column{};
  const int made = b.open(cell_box(b, column));
  b.attribute(made, "role", "cell");
  if (tree_.row_link.pending) {
    // It lies over the whole row, under whatever else can be pressed there.
    tree_.row_link.pending = false;
    const bool routed = !tree_.row_link.route.empty();
    Node link;
    link.tag = routed ? "a" : "button";
    link.skin = Skin::TableRow;
    link.flags |= flag::CoverRow | flag::Interactive;
    const int over = b.leaf(link, "link");
    b.attribute(over, routed ? "href" : "type", routed ? std::string_view(tree_.row_link.route) : "button");
    b.attribute(over, "aria-label", tree_.row_link.label);
  }
  return b.scope(parent);
}

}  // namespace tongban::ui
