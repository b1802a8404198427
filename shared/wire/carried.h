// An application that is carried to a window instead of sent: sealed to the city's intake key, and cut into one to
// three codes that a phone shows, paper holds and a scanner types. Octet by octet in README.md.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/expected.h"
#include "shared/crypto/sign.h"

namespace tongban::wire {

namespace carried_errors {
inline constexpr ErrorCode NotOurs{"carried.not_ours", "这不是带件的码，请扫“带去窗口”页上的码", "This is no code of a carried application; scan those on the page “Take it to a window”."};
inline constexpr ErrorCode Newer{"carried.newer", "这张码是新版本出的，请刷新页面再扫", "This code is of a newer version; reload the page and scan again."};
inline constexpr ErrorCode Damaged{"carried.damaged", "这张码没扫全，请再扫一次", "This code was not read whole; please scan it again."};
inline constexpr ErrorCode OtherSet{"carried.other_set", "这张码是另一份申请的，请只扫同一份的码", "This code belongs to another application; scan the codes of one only."};
inline constexpr ErrorCode Epoch{"carried.epoch", "这份码过期了，打不开；请让本人重新出码，或在窗口填写", "These codes are past their time and do not open; ask for new ones, or fill it in here."};
inline constexpr ErrorCode Contents{"carried.contents", "码里的内容打不开；请让本人重新出码，或在窗口填写", "What is in these codes does not open; ask for new ones, or fill it in here."};
inline constexpr ErrorCode TooLong{"carried.too_long", "内容太长，三张码放不下；请把申请内容写短些，或等有网再交", "This is too long for three codes; shorten what you apply for, or submit when online."};
}  // namespace carried_errors

/// Which intake key it was sealed to, and the box.
struct Carried {
  crypto::KeyId key{};
  Bytes box;
};

Bytes encode(const Carried& carried);
/// wire_errors::Malformed, Version.
Expected<Carried> read_carried(ByteView octets);

inline constexpr std::size_t most_codes = 3;
/// Names the set that a code belongs to: the first octets of the digest of what all its codes hold.
using CodeSetId = std::array<std::uint8_t, 6>;

/// As few codes as there can be of at most `longest` characters each, alike in length. TooLong when three don't hold it.
Expected<std::vector<std::string>> cut_into_codes(ByteView octets, std::size_t longest);

/// One code as it was read.
struct Code {
  CodeSetId set{};
  std::size_t number = 0, of = 0;  ///< from 1
  Bytes piece;
};
/// Takes what a keyboard may do to it on the way: small letters, characters of full width, an end of line. NotOurs, Newer,
/// Damaged.
Expected<Code> read_code(std::string_view text);

/// Codes of one application, gathered in any order.
class CodeSet {
 public:
  /// Takes one in; the same one again is harmless. As read_code; OtherSet; Damaged, when the last one has come and the
  /// whole isn't what its name says (the set is empty then).
  Expected<void> add(std::string_view text);
  void clear() { *this = {}; }

  bool empty() const { return of_ == 0; }
  std::size_t of() const { return of_; }
  bool has(std::size_t number) const { return number >= 1 && number <= of_ && !pieces_[number - 1].empty(); }
  bool complete() const { return of_ > 0 && missing().empty(); }
  std::vector<std::size_t> missing() const;
  /// What they hold, once complete: octets for read_carried.
  Bytes octets() const;

 private:
  CodeSetId set_{};
  std::size_t of_ = 0;
  std::array<Bytes, most_codes> pieces_;
};

}  // namespace tongban::wire
