#include "client/ui/twin.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "client/ui/twin_diff.h"

namespace tongban::ui {
namespace {

class Collector {
 public:
  Collector(const Tree& tree, std::vector<Id>* duplicates) : tree_(tree), duplicates_(duplicates) {}

  /// Takes the records of parts that are as they were from the last ones.
  void carry_from(std::vector<TwinRecord>& last, const std::vector<PartSpan>& spans) {
    last_ = &last;
    last_spans_ = &spans;
  }

  const std::vector<PartSpan>& spans() const { return spans_; }

  std::vector<TwinRecord> run() {
    spans_.resize(tree_.parts.size());
    seen_.reserve(tree_.nodes.size());
    for (const RegionRef& region : tree_.regions) {
      const Id layer = static_cast<Id>(region.region) + 1;
      Id after = 0;
      walk(region.node, layer, tree_.at(region.node), after, true);
    }
    return std::move(out_);
  }

 private:
  void walk(int index, Id parent, const Node& origin, Id& after, bool root) {
    const Node& n = tree_.at(index);
    if (n.part < 0) return write(index, parent, origin, after, root);
    PartSpan& span = spans_[static_cast<std::size_t>(n.part)];
    span.from = out_.size();
    if (!carry(index, parent, origin, after)) write(index, parent, origin, after, root);
    span.to = out_.size();
  }

  bool carry(int index, Id parent, const Node& origin, Id& after) {
    const Node& n = tree_.at(index);
    const int before = tree_.parts[static_cast<std::size_t>(n.part)].before;
    if (before < 0 || !last_ || static_cast<std::size_t>(before) >= last_spans_->size()) return false;
    const PartSpan& span = (*last_spans_)[static_cast<std::size_t>(before)];
    if (span.from == span.to || (*last_)[span.from].id != n.id || (*last_)[span.from].parent != parent) return false;
    const int shift = index - (*last_)[span.from].node;
    for (std::size_t i = span.from; i < span.to; ++i) {
      (*last_)[i].carried = i == span.from ? Carried::Root : Carried::Inside;
      out_.push_back(std::move((*last_)[i]));   // its id and its place stay for the diff
      out_.back().node += shift;
    }
    TwinRecord& top = out_[out_.size() - (span.to - span.from)];
    top.after = after;
    top.x = n.x - origin.x;
    top.y = n.y - origin.y;
    top.w = n.w;
    top.h = n.h;
    after = top.id;
    return true;
  }

  void write(int index, Id parent, const Node& origin, Id& after, bool root) {
    const Node& n = tree_.at(index);
    if (!n.tag && !root) {
      for (int c = n.first; c >= 0; c = tree_.at(c).next) walk(c, parent, origin, after, false);
      return;
    }
    TwinRecord record = element(n, index, root);
    record.parent = parent;
    record.after = after;
    if (!root) {
      record.x -= origin.x;
      record.y -= origin.y;
    }
    after = record.id;
    const Id own = record.id;
    out_.push_back(std::move(record));
    Id below = 0;
    for (int c = n.first; c >= 0; c = tree_.at(c).next) walk(c, own, n, below, false);
  }

  TwinRecord element(const Node& n, int index, bool root) {
    TwinRecord record;
    record.id = n.id;
    while (!seen_.emplace(record.id, index).second) {
      if (duplicates_ && !n.key.empty()) duplicates_->push_back(n.id);
      record.id = (record.id * 31 + 17) & ((Id{1} << 52) - 1);
    }
    record.tag = n.tag ? n.tag : "div";
    record.node = index;
    for (auto i = n.attr_from; i < n.attr_to; ++i) {
      record.attributes.emplace_back(tree_.attributes[i].name, std::string(tree_.text(tree_.attributes[i].value)));
    }
    if (n.has(flag::Hidden)) record.attributes.emplace_back("class", "sr");
    record.text = words(n);
    if (n.kind == Kind::Text || n.kind == Kind::Input) style(record, n);
    record.x = root ? 0 : n.x;
    record.y = root ? 0 : n.y;
    record.w = n.w;
    record.h = n.h;
    return record;
  }

  static void style(TwinRecord& record, const Node& n) {
    record.font = n.font;
    record.line = n.font * n.line_height;
    if (n.has(flag::Bold)) record.style |= twin_style::Bold;
    if (n.has(flag::Center)) record.style |= twin_style::Center;
    if (n.has(flag::End)) record.style |= twin_style::End;
    if (n.has(flag::Tabular)) record.style |= twin_style::Tabular;
    if (n.max_lines > 0) record.style |= twin_style::Clipped;
  }

  std::string words(const Node& n) const {
    const std::string_view all = tree_.text(n.words);
    if (n.kind != Kind::Text || n.line_to <= n.line_from + 1 || n.max_lines > 0) return std::string(all);
    std::string out;
    for (std::uint32_t i = n.line_from; i < n.line_to; ++i) {
      const std::size_t from = i == n.line_from ? 0 : tree_.lines[i].from;
      const std::size_t to = i + 1 < n.line_to ? tree_.lines[i + 1].from : all.size();
      out += all.substr(from, to - from);
      if (i + 1 < n.line_to && (out.empty() || out.back() != '\n')) out += '\x01';
    }
    return out;
  }

  const Tree& tree_;
  std::vector<Id>* duplicates_;
  std::unordered_map<Id, int> seen_;
  std::vector<TwinRecord> out_;
  std::vector<PartSpan> spans_;
  std::vector<TwinRecord>* last_ = nullptr;
  const std::vector<PartSpan>* last_spans_ = nullptr;
};

}  // namespace

std::vector<TwinRecord> twin_records(const Tree& tree, std::vector<Id>* duplicates) { return Collector(tree, duplicates).run(); }

std::string Twin::update(const Tree& tree) {
  duplicates_.clear();
  for (TwinRecord& record : records_) record.carried = Carried::No;
  Collector collector(tree, &duplicates_);
  collector.carry_from(records_, spans_);
  std::vector<TwinRecord> fresh = collector.run();
  std::string operations = diff_records(records_, fresh);
  records_ = std::move(fresh);
  spans_ = collector.spans();
  return operations;
}

void Twin::element_changed(Id id, std::string_view attribute, std::string_view value) {
  ui::element_changed(records_, id, attribute, value);
}

void element_changed(std::vector<TwinRecord>& records, Id id, std::string_view attribute, std::string_view value) {
  const auto set = [&](TwinRecord& record, std::string_view to) {
    for (auto& [name, held] : record.attributes) if (attribute == name) held = to;
  };
  const auto found = std::find_if(records.begin(), records.end(), [&](const TwinRecord& r) { return r.id == id; });
  if (found == records.end()) return;
  // A radio that is chosen unchooses its group without a word.
  if (attribute == "checked" && value == "true") {
    const auto name_of = [](const TwinRecord& r) {
      for (const auto& [name, held] : r.attributes) if (std::strcmp(name, "name") == 0) return std::string_view(held);
      return std::string_view();
    };
    if (const std::string group(name_of(*found)); !group.empty()) {
      for (TwinRecord& record : records) if (name_of(record) == group) set(record, "false");
    }
  }
  set(*found, value);
}

}  // namespace tongban::ui
