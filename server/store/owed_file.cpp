#include "server/store/owed_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <string_view>

#include "server/store/disk.h"
#include "server/store/material_files.h"
#include "shared/base/octets.h"
#include "shared/crypto/digest.h"

namespace tongban::store {
namespace {

constexpr std::string_view magic = "TBOWED01";
constexpr std::uint64_t first_record = 64;
constexpr std::size_t mark = 16;

Bytes octets_of(const server::Reading& reading) {
  Writer writer;
  writer.i64(reading.at.ms).text(reading.actor).text(reading.what).text(reading.record);
  return std::move(writer).bytes();
}

server::Reading reading_of(ByteView octets) {
  Reader reader(octets);
  server::Reading reading;
  reading.at = Instant{reader.i64()};
  reading.actor = reader.text();
  reading.what = reader.text();
  reading.record = reader.text();
  return reading;
}

bool write_at(int fd, ByteView octets, std::uint64_t at) {
  while (!octets.empty()) {
    const auto wrote = uninterrupted([&] { return ::pwrite(fd, octets.data(), octets.size(), static_cast<off_t>(at)); });
    if (wrote <= 0) return false;
    octets = octets.subspan(static_cast<std::size_t>(wrote));
    at += static_cast<std::uint64_t>(wrote);
  }
  return true;
}

/// False where there is no room for it.
bool sync(int fd) {
  if (uninterrupted([&] { return ::fdatasync(fd); }) == 0) return true;
  if (errno != ENOSPC && errno != EDQUOT) stop_for_the_disk(std::string("syncing the owed readings: ") + std::strerror(errno));
  return false;
}

Bytes head(std::uint64_t round) {
  Writer writer;
  writer.raw(as_bytes(magic)).u64(round);
  return std::move(writer).bytes();
}

crypto::Digest marked(std::uint64_t round, std::uint64_t at, ByteView octets) {
  Writer writer;
  writer.raw(as_bytes("tongban.owed")).u64(round).u64(at).raw(octets);
  return crypto::digest(writer.bytes());
}

}  // namespace

Expected<std::unique_ptr<OwedFile>> OwedFile::open(const std::filesystem::path& file, std::uint64_t size) {
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return file_failure("opening the owed readings");
  std::unique_ptr<OwedFile> owed(new OwedFile(fd, size));
  struct stat about {};
  if (::fstat(fd, &about) == 0 && static_cast<std::uint64_t>(about.st_size) >= size) {
    TRY_VOID(owed->read_all());
    return owed;
  }
  // Written, not only reserved: what is overwritten needs no room, also where the file system keeps no promises.
  const Bytes zeros(64 * 1024);
  for (std::uint64_t at = 0; at < size; at += zeros.size())
    if (!write_at(fd, zeros, at)) return file_failure("setting room aside for owed readings");
  TRY_VOID(owed->begin());
  TRY_VOID(sync_path(file.parent_path()));
  return owed;
}

OwedFile::~OwedFile() { ::close(fd_); }

Expected<void> OwedFile::begin() {
  if (!write_at(fd_, head(round_), 0) || !sync(fd_)) return file_failure("beginning the owed readings");
  end_ = first_record;
  return {};
}

Expected<void> OwedFile::read_all() {
  Bytes all(size_);
  for (std::uint64_t at = 0; at < size_;) {
    const auto got = ::pread(fd_, all.data() + at, size_ - at, static_cast<off_t>(at));
    if (got <= 0) return file_failure("reading the owed readings");
    at += static_cast<std::uint64_t>(got);
  }
  const ByteView octets(all);
  if (as_text(octets.first(magic.size())) != magic) return begin();
  round_ = Reader(octets.subspan(magic.size())).u64();
  for (end_ = first_record; end_ + 4 <= size_;) {
    const auto size = Reader(octets.subspan(end_)).u32();
    if (size == 0 || end_ + 4 + size + mark > size_) break;
    const auto reading = octets.subspan(end_ + 4, size), kept = octets.subspan(end_ + 4 + size, mark);
    const auto digest = marked(round_, end_, reading);
    if (!std::equal(kept.begin(), kept.end(), digest.begin())) break;
    owed_.push_back(reading_of(reading));
    end_ += 4 + size + mark;
  }
  // What an earlier process could not sync may be on no disk, and those after it would be cut off with it.
  if (!owed_.empty() && write_at(fd_, octets.first(end_), 0)) [[maybe_unused]] const bool synced = sync(fd_);
  return {};
}

Bytes OwedFile::record(const server::Reading& reading, std::uint64_t at) const {
  const auto octets = octets_of(reading);
  Writer writer;
  writer.blob(octets).raw(ByteView(marked(round_, at, octets)).first(mark));
  return std::move(writer).bytes();
}

bool OwedFile::keep(const std::vector<server::Reading>& readings) {
  Bytes all;
  for (const auto& reading : readings) {
    const auto one = record(reading, end_ + all.size());
    all.insert(all.end(), one.begin(), one.end());
  }
  if (end_ + all.size() > size_ || !write_at(fd_, all, end_) || !sync(fd_)) return false;
  end_ += all.size();
  return true;
}

void OwedFile::forget() {
  ++round_;
  // Not begun anew, the old round stays, and would be written into the chain once more.
  if (!begin()) --round_;
}

}  // namespace tongban::store
