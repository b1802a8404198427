#include "client/ui/twin_diff.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <unordered_map>
#include <unordered_set>

#include "client/ui/json_text.h"

namespace tongban::ui {
namespace {

bool close_to(float a, float b) { return std::abs(a - b) < 0.01f; }

class Differ {
 public:
  Differ(const std::vector<TwinRecord>& before, const std::vector<TwinRecord>& after) : before_(before), after_(after) {
    for (const TwinRecord& r : before_) if (r.carried != Carried::Inside) old_.emplace(r.id, &r);
    for (const TwinRecord& r : after_) if (r.carried != Carried::Inside) now_.emplace(r.id, &r);
  }

  std::string run() {
    out_.assign(1, '[');
    find_gone();
    find_moved();
    for (const TwinRecord& r : after_) {
      if (r.carried == Carried::Inside) continue;
      const auto was = old_.find(r.id);
      if (was == old_.end() || std::strcmp(was->second->tag, r.tag) != 0) add(r);
      else change(*was->second, r);
    }
    // Removals come last: an element that moves out of a vanishing parent must be out first.
    for (const Id id : gone_) {
      open("-", id);
      out_ += ']';
    }
    return std::move(out_ += "]");
  }

 private:
  void open(const char* name, Id id) {
    if (out_.size() > 1) out_ += ',';
    ((out_ += "[\"") += name) += "\",";
    out_ += std::to_string(id);
  }
  void number(Id id) { (out_ += ',') += std::to_string(id); }

  bool kept(const TwinRecord& old) const {
    const auto now = now_.find(old.id);
    return now != now_.end() && std::strcmp(now->second->tag, old.tag) == 0;
  }

  void find_gone() {
    // Only the topmost is named; what lies below goes with it, unless it has found another place.
    for (const TwinRecord& r : before_) {
      if (r.carried == Carried::Inside || kept(r)) continue;
      const auto parent = old_.find(r.parent);
      if (parent != old_.end() && !kept(*parent->second)) continue;
      gone_.push_back(r.id);
    }
  }

  /// Children that keep their parent but not their order among those that stay.
  void find_moved() {
    std::unordered_map<Id, std::vector<Id>> was, is;
    for (const TwinRecord& r : before_) if (r.carried != Carried::Inside && kept(r) && now_.at(r.id)->parent == r.parent) was[r.parent].push_back(r.id);
    for (const TwinRecord& r : after_) {
      if (r.carried == Carried::Inside) continue;
      const auto old = old_.find(r.id);
      if (old == old_.end() || !kept(*old->second)) continue;
      if (old->second->parent == r.parent) is[r.parent].push_back(r.id);
      else moved_.insert(r.id);
    }
    for (const auto& [parent, order] : is) if (order != was[parent]) mark_moved(was[parent], order);
  }

  /// Leaves the longest run in order where it is: focus and scroll of those stay untouched.
  void mark_moved(const std::vector<Id>& was, const std::vector<Id>& is) {
    std::unordered_map<Id, int> place;
    for (std::size_t i = 0; i < was.size(); ++i) place[was[i]] = static_cast<int>(i);
    std::vector<int> tails, previous(is.size(), -1), at_tail;
    for (std::size_t i = 0; i < is.size(); ++i) {
      const int value = place[is[i]];
      const auto spot = std::lower_bound(tails.begin(), tails.end(), value) - tails.begin();
      const auto k = static_cast<std::size_t>(spot);
      if (k == tails.size()) { tails.push_back(value); at_tail.push_back(static_cast<int>(i)); }
      else { tails[k] = value; at_tail[k] = static_cast<int>(i); }
      previous[i] = k > 0 ? at_tail[k - 1] : -1;
    }
    std::unordered_set<int> stays;
    for (int i = at_tail.empty() ? -1 : at_tail.back(); i >= 0; i = previous[static_cast<std::size_t>(i)]) stays.insert(i);
    for (std::size_t i = 0; i < is.size(); ++i) if (!stays.count(static_cast<int>(i))) moved_.insert(is[i]);
  }

  void rect(const TwinRecord& r) {
    for (const float v : {r.x, r.y, r.w, r.h}) {
      out_ += ',';
      json_number(out_, v);
    }
  }
  void style(const TwinRecord& r) {
    out_ += '[';
    json_number(out_, r.font);
    out_ += ',';
    json_number(out_, r.line);
    (out_ += ',') += std::to_string(r.style);
    out_ += ']';
  }

  void add(const TwinRecord& r) {
    open("+", r.id);
    number(r.parent);
    number(r.after);
    out_ += ',';
    json_string(out_, r.tag);
    out_ += ",{";
    bool first = true;
    for (const auto& [name, value] : r.attributes) {
      if (!first) out_ += ',';
      first = false;
      json_string(out_, name);
      out_ += ':';
      json_string(out_, value);
    }
    out_ += "},";
    json_string(out_, r.text);
    out_ += ',';
    style(r);
    rect(r);
    out_ += ']';
  }

  void change(const TwinRecord& was, const TwinRecord& is) {
    if (moved_.count(is.id)) {
      open("p", is.id);
      number(is.parent);
      number(is.after);
      out_ += ']';
    }
    if (is.carried == Carried::No) content(was, is);
    if (!close_to(was.x, is.x) || !close_to(was.y, is.y) || !close_to(was.w, is.w) || !close_to(was.h, is.h)) {
      open("r", is.id);
      rect(is);
      out_ += ']';
    }
  }

  void content(const TwinRecord& was, const TwinRecord& is) {
    if (was.attributes != is.attributes) attributes(was, is);
    if (was.text != is.text) {
      open("t", is.id);
      out_ += ',';
      json_string(out_, is.text);
      out_ += ']';
    }
    if (was.style != is.style || !close_to(was.font, is.font) || !close_to(was.line, is.line)) {
      open("s", is.id);
      out_ += ',';
      style(is);
      out_ += ']';
    }
  }

  static const std::string* find(const TwinRecord& r, const char* name) {
    for (const auto& [n, value] : r.attributes) if (std::strcmp(n, name) == 0) return &value;
    return nullptr;
  }

  void attributes(const TwinRecord& was, const TwinRecord& is) {
    std::string changes;
    const auto put = [&](const char* name) {
      if (!changes.empty()) changes += ',';
      json_string(changes, name);
      changes += ':';
    };
    for (const auto& [name, value] : is.attributes) {
      const std::string* old = find(was, name);
      if (old && *old == value) continue;
      put(name);
      json_string(changes, value);
    }
    for (const auto& [name, value] : was.attributes) {
      if (find(is, name)) continue;
      put(name);
      changes += "null";
    }
    if (changes.empty()) return;
    open("a", is.id);
    ((out_ += ",{") += changes) += "}]";
  }

  const std::vector<TwinRecord>& before_;
  const std::vector<TwinRecord>& after_;
  std::unordered_map<Id, const TwinRecord*> old_, now_;
  std::unordered_set<Id> moved_;
  std::vector<Id> gone_;
  std::string out_;
};

}  // namespace

std::string diff_records(const std::vector<TwinRecord>& before, const std::vector<TwinRecord>& after) {
  return Differ(before, after).run();
}

}  // namespace tongban::ui
