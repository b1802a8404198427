// Identifiers that cannot be taken for one another.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "shared/base/bytes.h"

namespace tongban {

/// A textual identifier of one kind; `Tag` only keeps the kinds apart.
template <typename Tag>
class TextId {
 public:
  TextId() = default;
  explicit TextId(std::string text) : text_(std::move(text)) {}

  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }
  // Written out, because the wasm library's strings and arrays have no <=> of their own.
  friend bool operator==(const TextId& a, const TextId& b) { return a.text_ == b.text_; }
  friend std::strong_ordering operator<=>(const TextId& a, const TextId& b) { return a.text_.compare(b.text_) <=> 0; }

 private:
  std::string text_;
};

/// 128 random bits, minted where the thing begins (a draft's `submission_id` in the browser).
template <typename Tag>
struct RandomId {
  std::array<std::uint8_t, 16> octets{};

  friend bool operator==(const RandomId& a, const RandomId& b) { return a.octets == b.octets; }
  friend std::strong_ordering operator<=>(const RandomId& a, const RandomId& b) {
    return std::memcmp(a.octets.data(), b.octets.data(), a.octets.size()) <=> 0;
  }
  bool is_zero() const { return octets == decltype(octets){}; }
  std::string hex() const { return to_hex(octets); }
  static std::optional<RandomId> from(std::string_view hex) {
    auto bytes = from_hex(hex);
    if (!bytes || bytes->size() != 16) return std::nullopt;
    RandomId id;
    std::copy(bytes->begin(), bytes->end(), id.octets.begin());
    return id;
  }
};

using ItemId = TextId<struct ItemTag>;              ///< "i109"
using CentreId = TextId<struct CentreTag>;          ///< township code of the centre, "310109010"; a sub-centre adds "-1", …
using TownshipCode = TextId<struct TownshipTag>;    ///< nine digits, GB/T 10114 style, "310110009"
using CaseNumber = TextId<struct CaseNumberTag>;    ///< "TB261124-7K3QF9": what residents see
using StaffId = TextId<struct StaffTag>;            ///< the account's name
using NodeId = TextId<struct NodeTag>;              ///< a running server that serves one or more centres

using SubmissionId = RandomId<struct SubmissionTag>;
using EnvelopeId = RandomId<struct EnvelopeTag>;

}  // namespace tongban

template <typename Tag>
struct std::hash<tongban::TextId<Tag>> {
  std::size_t operator()(const tongban::TextId<Tag>& id) const noexcept { return std::hash<std::string>()(id.text()); }
};
