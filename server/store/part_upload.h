// A material that comes in pieces. What has come stays in a file of its own until the last piece; then its octets are
// read again, whole, and compared with the digest, since nobody saw all of them come.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>

#include "server/ports/attachments.h"
#include "server/store/material_files.h"

namespace tongban::store {

/// Who may write to a part: the newest that asked, until the digest is being checked. Two who both wrote could change a
/// material after it has been checked.
class Claim {
 public:
  bool holds() const { return state_ == State::Writing; }
  /// False while the digest is being checked.
  bool take_away() { return change_to(State::Lost) || state_ == State::Lost; }
  /// False when somebody else has taken it away.
  bool begin_check() { return change_to(State::Checking); }

 private:
  enum class State : std::uint8_t { Writing, Lost, Checking };
  bool change_to(State next) {
    auto expected = State::Writing;
    return state_.compare_exchange_strong(expected, next);
  }
  std::atomic<State> state_{State::Writing};
};

/// Opens `part`, cut to `offset`. http.storage_full, store.failed.
Expected<std::unique_ptr<server::Upload>> open_part(const std::filesystem::path& part, const std::filesystem::path& name,
                                                    const crypto::Digest& digest, std::uint64_t offset, std::shared_ptr<Claim> claim,
                                                    std::shared_ptr<FreshNames> fresh);

}  // namespace tongban::store
