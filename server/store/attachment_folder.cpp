#include "server/store/attachment_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>

#include "server/store/disk.h"
#include "shared/base/bytes.h"

namespace tongban::store {
namespace fs = std::filesystem;

namespace {

constexpr std::chrono::hours part_is_kept{3 * 24};  ///< after its last octet
constexpr std::chrono::hours between_forgetting{1};

fs::path name_of(const fs::path& folder, const crypto::Digest& digest) {
  const auto hex = to_hex(digest);
  return folder / hex.substr(0, 2) / hex;
}

fs::path part_of(const fs::path& folder, const crypto::Digest& digest) { return folder / "part" / to_hex(digest); }

/// By its name alone: what a node without descriptors cannot open now is not lost, and whoever is told so would never ask again.
bool is_named(const fs::path& path) {
  struct stat about {};
  return ::stat(path.c_str(), &about) == 0 ? S_ISREG(about.st_mode) && about.st_size > 0 : errno != ENOENT;
}

/// A material in one go. Its part has a name of its own, with a dot, so that no other upload goes on with it.
class FolderUpload final : public server::Upload {
 public:
  FolderUpload(int fd, fs::path part, fs::path name, const crypto::Digest& digest, std::shared_ptr<FreshNames> fresh)
      : fd_(fd), part_(std::move(part)), name_(std::move(name)), digest_(digest), fresh_(std::move(fresh)) {}
  ~FolderUpload() override {
    ::close(fd_);
    if (!finished_) ::unlink(part_.c_str());
  }
  FolderUpload(const FolderUpload&) = delete;
  FolderUpload& operator=(const FolderUpload&) = delete;

  Expected<void> write(ByteView piece) override {
    TRY_VOID(type_.see(piece));
    digester_.add(piece);
    return append(fd_, piece);
  }
  Expected<void> finish() override {
    if (!type_.passed()) return Error(attachment_errors::WrongType);
    if (digester_.finish() != digest_) return Error(attachment_errors::WrongDigest);
    TRY_VOID(give_name(fd_, part_, name_, *fresh_));
    finished_ = true;
    return {};
  }

 private:
  int fd_;
  fs::path part_, name_;
  crypto::Digest digest_;
  std::shared_ptr<FreshNames> fresh_;
  crypto::Digester digester_;
  TypeCheck type_;
  bool finished_ = false;
};

}  // namespace

Expected<AttachmentFolder> AttachmentFolder::open(const fs::path& folder, std::uint64_t keep_free) {
  std::error_code failed;
  fs::create_directories(folder / "part", failed);
  if (failed) return Error(attachment_errors::Failed, folder.string(), failed.message());
  ::chmod(folder.c_str(), 0700);
  for (const auto& left : fs::directory_iterator(folder / "part", failed)) {
    std::error_code ignored;
    if (left.path().has_extension()) fs::remove(left.path(), ignored);
  }
  // A shelf that was made just before a crash is not made again, so nobody else would sync its name; nor those of files on it.
  TRY_VOID(sync_path(folder));
  for (const auto& shelf : fs::directory_iterator(folder, failed))
    if (shelf.path().filename().string().size() == 2) TRY_VOID(sync_path(shelf.path()));
  AttachmentFolder opened(folder, keep_free);
  opened.forget_old_parts();
  return opened;
}

Expected<std::unique_ptr<server::Upload>> AttachmentFolder::begin(const crypto::Digest& digest) {
  static std::atomic<unsigned> counter{0};
  TRY_VOID(check_room());
  // Two uploads of one thing at a time are two parts; whichever is named last replaces its equal.
  const auto part = folder_ / "part" / (to_hex(digest) + '.' + std::to_string(counter++));
  const int fd = uninterrupted([&] { return ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600); });
  if (fd < 0) return file_failure("opening a material");
  return std::unique_ptr<server::Upload>(std::make_unique<FolderUpload>(fd, part, name_of(folder_, digest), digest, fresh_));
}

Expected<void> AttachmentFolder::check_room() const {
  std::error_code unknown;
  const auto space = fs::space(folder_, unknown);
  if (unknown || space.available >= keep_free_) return {};
  return Error(attachment_errors::Full, folder_.string(), "little room is left on the disk");
}

std::optional<server::StoredMaterial> AttachmentFolder::find(const crypto::Digest& digest) const {
  const auto path = name_of(folder_, digest);
  const int fd = uninterrupted([&] { return ::open(path.c_str(), O_RDONLY | O_CLOEXEC); });
  if (fd < 0) return std::nullopt;
  struct stat about {};
  std::uint8_t first[8] = {};
  const bool read = ::fstat(fd, &about) == 0 && uninterrupted([&] { return ::pread(fd, first, sizeof first, 0); }) > 0;
  ::close(fd);
  if (!read) return std::nullopt;
  return server::StoredMaterial{path.string(), static_cast<std::uint64_t>(about.st_size), std::string(media_type_of(first))};
}

server::Condition AttachmentFolder::check(const crypto::Digest& digest) {
  const auto path = name_of(folder_, digest);
  const int fd = uninterrupted([&] { return ::open(path.c_str(), O_RDONLY | O_CLOEXEC); });
  if (fd < 0) return server::Condition::Absent;
  const auto octets = digest_of(fd);
  ::close(fd);
  if (octets && *octets == digest) return server::Condition::Whole;
  // What could not be read to its end may be read the next time: it stays where it is.
  if (!octets && !octets.error().is(attachment_errors::WrongType)) return server::Condition::Unreadable;
  std::error_code failed;
  fs::create_directory(folder_ / "damaged", failed);
  fs::rename(path, folder_ / "damaged" / path.filename(), failed);
  return failed ? server::Condition::Unreadable : server::Condition::Damaged;
}

std::uint64_t AttachmentFolder::kept(const crypto::Digest& digest) const {
  std::error_code absent;
  const auto size = fs::file_size(part_of(folder_, digest), absent);
  return absent ? 0 : size / server::material_step * server::material_step;
}

Expected<std::unique_ptr<server::Upload>> AttachmentFolder::resume(const crypto::Digest& digest, std::uint64_t offset) {
  forget_old_parts();
  TRY_VOID(check_room());
  auto& holder = claims_[digest];
  if (const auto earlier = holder.lock(); earlier && !earlier->take_away()) return Error(attachment_errors::Busy);
  if (offset != kept(digest)) return Error(attachment_errors::WrongOffset);
  const auto claim = std::make_shared<Claim>();
  holder = claim;
  return open_part(part_of(folder_, digest), name_of(folder_, digest), digest, offset, claim, fresh_);
}

/// In this order: what was found has been fresh before, if its name is not on the disk yet.
bool AttachmentFolder::lasts(const crypto::Digest& digest) const {
  const auto path = name_of(folder_, digest);
  return is_named(path) && !fresh_->has(path);
}

bool AttachmentFolder::has(const crypto::Digest& digest) const {
  const std::lock_guard lock(watch_->mutex);
  if (!lasts(digest)) return false;
  if (watch_->on) watch_->asked_for.insert(digest);
  return true;
}

bool AttachmentFolder::renew(const crypto::Digest& digest) {
  const std::lock_guard lock(watch_->mutex);
  if (!lasts(digest)) return false;
  if (watch_->on) watch_->asked_for.insert(digest);
  ::utimensat(AT_FDCWD, name_of(folder_, digest).c_str(), nullptr, 0);
  return true;
}

std::vector<crypto::Digest> AttachmentFolder::on_shelf(std::size_t shelf, Time before) const {
  static constexpr std::string_view signs = "0123456789abcdef";
  std::vector<crypto::Digest> old;
  std::error_code failed;
  for (const auto& file : fs::directory_iterator(folder_ / std::string{signs[shelf / 16], signs[shelf % 16]}, failed)) {
    std::error_code gone;
    const auto octets = from_hex(file.path().filename().string());
    const auto changed = file.last_write_time(gone);
    if (!octets || octets->size() != std::tuple_size_v<crypto::Digest> || gone || changed >= before) continue;
    std::copy(octets->begin(), octets->end(), old.emplace_back().begin());
  }
  return old;
}

void AttachmentFolder::watch() {
  const std::lock_guard lock(watch_->mutex);
  watch_->on = true;
  watch_->asked_for.clear();
}

void AttachmentFolder::stop_watching() {
  const std::lock_guard lock(watch_->mutex);
  watch_->on = false;
  watch_->asked_for.clear();
}

/// A name with a dot in the folder of parts is nobody's; should the process end between the two, the next start removes it.
bool AttachmentFolder::discard(const crypto::Digest& digest, Time before) {
  const auto path = name_of(folder_, digest);
  const auto aside = folder_ / "part" / (to_hex(digest) + ".discarded");
  {
    const std::lock_guard lock(watch_->mutex);
    std::error_code failed;
    const auto changed = fs::last_write_time(path, failed);
    if (failed || changed >= before || !watch_->on || watch_->asked_for.contains(digest)) return false;
    fs::rename(path, aside, failed);
    if (failed) return false;
  }
  std::error_code ignored;
  fs::remove(aside, ignored);
  return true;
}

/// Parts that nobody has gone on with for long.
void AttachmentFolder::forget_old_parts() {
  const auto now = std::chrono::steady_clock::now();
  if (forgot_at_ != decltype(forgot_at_){} && now - forgot_at_ < between_forgetting) return;
  forgot_at_ = now;
  std::erase_if(claims_, [](const auto& claim) { return claim.second.expired(); });
  std::error_code failed;
  for (const auto& part : fs::directory_iterator(folder_ / "part", failed)) {
    std::error_code ignored;
    if (part.last_write_time(ignored) < fs::file_time_type::clock::now() - part_is_kept) fs::remove(part.path(), ignored);
  }
}

}  // namespace tongban::store
