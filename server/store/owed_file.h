// Owed readings in a file whose room was set aside when the disk still had some: `readings.owed`.
//
//   octets 0-7 "TBOWED01", 8-15 round (u64); from 64 on the records of this round, until one that isn't:
//   u32 size, the reading (i64 at, texts actor, what, record), 16 octets of the digest of round, place and reading
//
// A round ends when all of it stands in the chain. A process that ends between the two writes them there again: a reading may
// then stand twice, and none is lost.
#pragma once

#include <filesystem>
#include <memory>

#include "server/ports/owed_readings.h"
#include "shared/base/expected.h"

namespace tongban::store {

class OwedFile final : public server::OwedReadings {
 public:
  static constexpr std::uint64_t usual_size = 2 << 20;

  /// Makes the file with all its room, or reads what an earlier process has left. http.storage_full, store.failed.
  static Expected<std::unique_ptr<OwedFile>> open(const std::filesystem::path& file, std::uint64_t size = usual_size);
  ~OwedFile() override;

 private:
  explicit OwedFile(int fd, std::uint64_t size) : fd_(fd), size_(size) {}
  Expected<void> begin();
  Bytes record(const server::Reading& reading, std::uint64_t at) const;
  Expected<void> read_all();
  bool keep(const std::vector<server::Reading>& readings) override;
  void forget() override;

  int fd_;
  std::uint64_t size_, round_ = 1, end_ = 0;
};

}  // namespace tongban::store
