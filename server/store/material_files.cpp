#include "server/store/material_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace tongban::store {
namespace {

constexpr std::size_t telling_octets = 8;

Expected<void> sync_folder(const std::filesystem::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return file_failure("opening a folder");
  const bool synced = ::fsync(fd) == 0;
  ::close(fd);
  if (!synced) return file_failure("syncing a folder");
  return {};
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
  if (errno == ENOSPC || errno == EDQUOT) return Error(attachment_errors::Full, {}, std::string(what));
  return Error(attachment_errors::Failed, {}, std::string(what) + ": " + std::strerror(errno));
}

Expected<void> append(int fd, ByteView piece) {
  while (!piece.empty()) {
    const auto wrote = ::write(fd, piece.data(), piece.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return file_failure("writing a material");
    piece = piece.subspan(static_cast<std::size_t>(wrote));
  }
  return {};
}

Expected<void> give_name(int fd, const std::filesystem::path& part, const std::filesystem::path& name) {
  if (::fsync(fd) != 0) return file_failure("syncing a material");
  std::error_code ignored;
  const bool fresh = std::filesystem::create_directory(name.parent_path(), ignored);
  if (::rename(part.c_str(), name.c_str()) != 0) return file_failure("naming a material");
  if (fresh) TRY_VOID(sync_folder(name.parent_path().parent_path()));
  return sync_folder(name.parent_path());
}

}  // namespace tongban::store
