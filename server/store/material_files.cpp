#include "server/store/material_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include "server/ports/attachments.h"
#include "server/store/disk.h"

namespace tongban::store {
namespace {

constexpr std::size_t telling_octets = 8;

bool no_room() { return errno == ENOSPC || errno == EDQUOT; }

class OpenFolder {
 public:
  static Expected<OpenFolder> open(const std::filesystem::path& folder) {
    const int fd = uninterrupted([&] { return ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); });
    if (fd < 0) return file_failure("opening a folder");
    return OpenFolder(fd);
  }
  OpenFolder(OpenFolder&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  OpenFolder& operator=(OpenFolder&&) = delete;
  ~OpenFolder() {
    if (fd_ >= 0) ::close(fd_);
  }
  bool sync() const { return uninterrupted([&] { return ::fsync(fd_); }) == 0; }

 private:
  explicit OpenFolder(int fd) : fd_(fd) {}
  int fd_;
};

/// Nothing may be built upon what could not be synced, by this process or the next: all octets must come again, into a new file.
[[noreturn]] void give_up(const std::filesystem::path& unsynced, std::string_view what) {
  const std::string why = std::string(what) + ": " + std::strerror(errno);
  ::unlink(unsynced.c_str());
  stop_for_the_disk(why);
}

}  // namespace

std::string_view media_type_of(ByteView first) {
  const auto begins = [&](std::initializer_list<std::uint8_t> octets) {
    return first.size() >= octets.size() && std::equal(octets.begin(), octets.end(), first.begin());
  };
  if (begins({0xFF, 0xD8, 0xFF})) return "image/jpeg";
  if (begins({0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A})) return "image/png";
  if (begins({'%', 'P', 'D', 'F', '-'})) return "application/pdf";
  return {};
}

Expected<void> TypeCheck::see(ByteView piece) {
  if (first_.size() >= telling_octets) return {};
  const auto wanted = std::min(telling_octets - first_.size(), piece.size());
  first_.insert(first_.end(), piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(wanted));
  if (first_.size() >= telling_octets && !passed()) return Error(attachment_errors::WrongType);
  return {};
}

Error file_failure(std::string_view what) {
  if (no_room()) return Error(attachment_errors::Full, {}, std::string(what));
  return Error(attachment_errors::Failed, {}, std::string(what) + ": " + std::strerror(errno));
}

Expected<void> append(int fd, ByteView piece) {
  while (!piece.empty()) {
    const auto wrote = uninterrupted([&] { return ::write(fd, piece.data(), piece.size()); });
    if (wrote <= 0) return file_failure("writing a material");
    piece = piece.subspan(static_cast<std::size_t>(wrote));
  }
  return {};
}

Expected<crypto::Digest> digest_of(int fd) {
  crypto::Digester digester;
  TypeCheck type;
  Bytes block(server::material_step);
  for (off_t at = 0;;) {
    const auto got = uninterrupted([&] { return ::pread(fd, block.data(), block.size(), at); });
    if (got < 0) return file_failure("reading a material");
    if (got == 0) break;
    const ByteView octets(block.data(), static_cast<std::size_t>(got));
    TRY_VOID(type.see(octets));
    digester.add(octets);
    at += got;
  }
  if (!type.passed()) return Error(attachment_errors::WrongType);
  return digester.finish();
}

void FreshNames::begin(const std::filesystem::path& name) {
  const std::lock_guard lock(mutex_);
  names_.insert(name.string());
}

void FreshNames::ended(const std::filesystem::path& name) {
  const std::lock_guard lock(mutex_);
  names_.erase(names_.find(name.string()));
}

bool FreshNames::has(const std::filesystem::path& name) const {
  const std::lock_guard lock(mutex_);
  return names_.contains(name.string());
}

namespace {

class Fresh {
 public:
  Fresh(FreshNames& names, const std::filesystem::path& name) : names_(names), name_(name) { names_.begin(name_); }
  ~Fresh() { names_.ended(name_); }
  Fresh(const Fresh&) = delete;
  Fresh& operator=(const Fresh&) = delete;

 private:
  FreshNames& names_;
  const std::filesystem::path& name_;
};

}  // namespace

Expected<void> give_name(int fd, const std::filesystem::path& part, const std::filesystem::path& name, FreshNames& fresh) {
  const auto shelf = name.parent_path();
  std::error_code ignored;
  std::filesystem::create_directory(shelf, ignored);
  // Opened before anything is named: to lack a descriptor is no fault of the disk.
  TRY(const auto shelves, OpenFolder::open(shelf.parent_path()));
  TRY(const auto on_shelf, OpenFolder::open(shelf));
  if (uninterrupted([&] { return ::fsync(fd); }) != 0) {
    if (!no_room()) give_up(part, "syncing a material");
    ::unlink(part.c_str());
    return file_failure("syncing a material");
  }
  // The shelf may be one that somebody made and couldn't go on to sync. And the same material may be there and acknowledged:
  // what is taken back when its name can't be synced must not be that one.
  if (!shelves.sync()) give_up(part, "syncing the folder of materials");
  const bool known = ::access(name.c_str(), F_OK) == 0;
  std::optional<Fresh> unsynced;
  if (!known) unsynced.emplace(fresh, name);
  if (::rename(part.c_str(), name.c_str()) != 0) return file_failure("naming a material");
  if (on_shelf.sync()) return {};
  if (!known) give_up(name, "syncing a folder of materials");
  stop_for_the_disk(std::string("syncing a folder of materials: ") + std::strerror(errno));
}

}  // namespace tongban::store
