#include "server/store/attachment_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>

#include "shared/base/bytes.h"

namespace tongban::store {
namespace {

constexpr ErrorCode Failed{"store.failed", "系统出错了，请稍后再试。", "Something went wrong here. Try again later."};

Error failure(std::string_view what) {
  if (errno == ENOSPC || errno == EDQUOT) return Error(attachment_errors::Full, {}, std::string(what));
  return Error(Failed, {}, std::string(what) + ": " + std::strerror(errno));
}

std::filesystem::path path_of(const std::filesystem::path& folder, const crypto::Digest& digest) {
  const auto hex = to_hex(digest);
  return folder / hex.substr(0, 2) / hex;
}

Expected<void> sync_folder(const std::filesystem::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return failure("opening a folder");
  const bool synced = ::fsync(fd) == 0;
  ::close(fd);
  if (!synced) return failure("syncing a folder");
  return {};
}

class FolderUpload final : public server::Upload {
 public:
  FolderUpload(int fd, std::filesystem::path part, std::filesystem::path final_path, crypto::Digest digest)
      : fd_(fd), part_(std::move(part)), final_(std::move(final_path)), digest_(digest) {}
  ~FolderUpload() override {
    ::close(fd_);
    if (!finished_) ::unlink(part_.c_str());
  }
  Expected<void> write(ByteView piece) override;
  Expected<void> finish() override;

 private:
  int fd_;
  std::filesystem::path part_, final_;
  crypto::Digest digest_;
  crypto::Digester digester_;
  Bytes first_;
  bool finished_ = false;
};

Expected<void> FolderUpload::write(ByteView piece) {
  // The type is judged by the first octets, as soon as there are enough of them.
  if (first_.size() < 8) {
    first_.insert(first_.end(), piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(8, piece.size())));
    if (first_.size() >= 8 && media_type_of(first_).empty()) return Error(attachment_errors::WrongType);
  }
  digester_.add(piece);
  while (!piece.empty()) {
    const auto wrote = ::write(fd_, piece.data(), piece.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return failure("writing a material");
    piece = piece.subspan(static_cast<std::size_t>(wrote));
  }
  return {};
}

Expected<void> FolderUpload::finish() {
  if (media_type_of(first_).empty()) return Error(attachment_errors::WrongType);
  if (digester_.finish() != digest_) return Error(attachment_errors::WrongDigest);
  if (::fsync(fd_) != 0) return failure("syncing a material");
  std::error_code ignored;
  const bool fresh = std::filesystem::create_directory(final_.parent_path(), ignored);
  if (::rename(part_.c_str(), final_.c_str()) != 0) return failure("naming a material");
  finished_ = true;
  if (fresh) TRY_VOID(sync_folder(final_.parent_path().parent_path()));
  return sync_folder(final_.parent_path());
}

}  // namespace

Expected<AttachmentFolder> AttachmentFolder::open(const std::filesystem::path& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder / "part", failed);
  if (failed) return Error(Failed, folder.string(), failed.message());
  ::chmod(folder.c_str(), 0700);
  for (const auto& left : std::filesystem::directory_iterator(folder / "part", failed)) {
    std::error_code ignored;
    std::filesystem::remove(left.path(), ignored);
  }
  return AttachmentFolder(folder);
}

Expected<std::unique_ptr<server::Upload>> AttachmentFolder::begin(const crypto::Digest& digest) {
  static std::atomic<unsigned> counter{0};
  // Two uploads of one thing at a time are two parts; whichever is named last replaces its equal.
  const auto part = folder_ / "part" / (to_hex(digest) + '.' + std::to_string(counter++));
  const int fd = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return failure("opening a material");
  return std::unique_ptr<server::Upload>(std::make_unique<FolderUpload>(fd, part, path_of(folder_, digest), digest));
}

std::optional<server::StoredMaterial> AttachmentFolder::find(const crypto::Digest& digest) const {
  const auto path = path_of(folder_, digest);
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return std::nullopt;
  struct stat about {};
  std::uint8_t first[8] = {};
  const bool read = ::fstat(fd, &about) == 0 && ::pread(fd, first, sizeof first, 0) > 0;
  ::close(fd);
  if (!read) return std::nullopt;
  return server::StoredMaterial{path.string(), static_cast<std::uint64_t>(about.st_size), std::string(media_type_of(first))};
}

std::string_view media_type_of(ByteView first) {
  const auto begins = [&](std::initializer_list<std::uint8_t> octets) {
    return first.size() >= octets.size() && std::equal(octets.begin(), octets.end(), first.begin());
  };
  if (begins({0xFF, 0xD8, 0xFF})) return "image/jpeg";
  if (begins({0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A})) return "image/png";
  if (begins({'%', 'P', 'D', 'F', '-'})) return "application/pdf";
  return {};
}

}  // namespace tongban::store
