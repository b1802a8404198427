// Something about each of so many keys at most, which others choose: addresses, accounts.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace tongban::http {

/// When the keys are too many, the tenth of them that was touched longest ago is forgotten. Never all: whoever can make many keys
/// could else have everybody's forgotten.
template <typename Value>
class Remembered {
 public:
  explicit Remembered(std::size_t capacity) : capacity_(capacity) {}

  /// What is kept of the key, or else `fresh`, which is kept from now on.
  Value& touch(const std::string& key, const Value& fresh) {
    if (entries_.size() >= capacity_ && !entries_.contains(key)) forget_oldest();
    auto& entry = entries_.try_emplace(key, Entry{fresh, 0}).first->second;
    entry.touched = ++touches_;
    return entry.value;
  }
  /// Null: nothing is kept of it.
  const Value* find(const std::string& key) const {
    const auto found = entries_.find(key);
    return found == entries_.end() ? nullptr : &found->second.value;
  }
  void forget(const std::string& key) { entries_.erase(key); }

 private:
  struct Entry {
    Value value;
    std::uint64_t touched;  ///< as the how manieth of all, since many are touched within one tick of a clock
  };

  void forget_oldest() {
    std::vector<std::uint64_t> order;
    order.reserve(entries_.size());
    for (const auto& [key, entry] : entries_) order.push_back(entry.touched);
    const auto last = order.begin() + static_cast<std::ptrdiff_t>(order.size() / 10);
    std::nth_element(order.begin(), last, order.end());
    std::erase_if(entries_, [oldest_kept = *last](const auto& one) { return one.second.touched < oldest_kept; });
  }

  std::size_t capacity_;
  std::uint64_t touches_ = 0;
  std::unordered_map<std::string, Entry> entries_;
};

}  // namespace tongban::http
