#include "server/node/material_copy.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "server/platform/files.h"
#include "shared/crypto/digest.h"

namespace tongban::server {
namespace fs = std::filesystem;

namespace {

constexpr std::size_t piece = 64 * 1024;

enum class Outcome { Copied, Linked, Damaged, Gone };

class File {
 public:
  explicit File(int fd) : fd_(fd) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int fd() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }

 private:
  int fd_;
};

Error failed(const fs::path& path) { return Error(platform::file_errors::Unwritable, path.string(), std::strerror(errno)); }

bool write_all(int fd, ByteView octets) {
  while (!octets.empty()) {
    const auto wrote = ::write(fd, octets.data(), octets.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    octets = octets.subspan(static_cast<std::size_t>(wrote));
  }
  return true;
}

/// Reads all of it, and writes it to `to` unless that is -1.
Expected<crypto::Digest> pour(int from, int to, const fs::path& path) {
  crypto::Digester digester;
  Bytes block(piece);
  while (true) {
    const auto got = ::read(from, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed(path);
    if (got == 0) return digester.finish();
    const ByteView octets(block.data(), static_cast<std::size_t>(got));
    digester.add(octets);
    if (to >= 0 && !write_all(to, octets)) return failed(path);
  }
}

Expected<Outcome> link(const File& source, const fs::path& from, const fs::path& to) {
  TRY(const auto digest, pour(source.fd(), -1, from));
  if (to_hex(digest) != from.filename().string()) return Outcome::Damaged;
  std::error_code unlinked;
  fs::create_hard_link(from, to, unlinked);
  return unlinked ? Outcome::Copied : Outcome::Linked;
}

/// Shares the disk's blocks where the file system can; the copy is what is read then. It has its name only when it is whole.
Expected<Outcome> copy(const File& source, const fs::path& from, const fs::path& to) {
  const fs::path coming = to.string() + ".new";
  const File target(::open(coming.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (!target.is_open()) return failed(coming);
  const bool cloned = ::ioctl(target.fd(), FICLONE, source.fd()) == 0;
  ::lseek(source.fd(), 0, SEEK_SET);
  TRY(const auto digest, cloned ? pour(target.fd(), -1, coming) : pour(source.fd(), target.fd(), coming));
  if (to_hex(digest) != from.filename().string()) {
    ::unlink(coming.c_str());
    return Outcome::Damaged;
  }
  if (::fsync(target.fd()) != 0 || ::rename(coming.c_str(), to.c_str()) != 0) return failed(to);
  return Outcome::Copied;
}

Expected<Outcome> take(const fs::path& from, const fs::path& to, CopyAs as) {
  const File source(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
  if (!source.is_open() && errno == ENOENT) return Outcome::Gone;
  if (!source.is_open()) return failed(from);
  if (as == CopyAs::Links) {
    TRY(const auto outcome, link(source, from, to));
    if (outcome != Outcome::Copied) return outcome;
  }
  return copy(source, from, to);
}

void count(Outcome outcome, const fs::path& name, CopiedMaterials& copied) {
  if (outcome == Outcome::Damaged) copied.damaged.push_back(name.string());
  if (outcome == Outcome::Copied || outcome == Outcome::Linked) ++copied.materials;
  if (outcome == Outcome::Linked) ++copied.linked;
}

/// "ab", not `part`: what is unfinished there is nobody's yet.
bool is_shelf(const fs::directory_entry& folder) { return folder.is_directory() && folder.path().filename().string().size() == 2; }

}  // namespace

Expected<CopiedMaterials> copy_materials(const fs::path& from, const fs::path& to, CopyAs as) {
  CopiedMaterials copied;
  TRY_VOID(platform::make_folder(to, platform::Mode::Private));
  if (!fs::exists(from)) return copied;
  for (const auto& shelf : fs::directory_iterator(from)) {
    if (!is_shelf(shelf)) continue;
    const auto target = to / shelf.path().filename();
    TRY_VOID(platform::make_folder(target, platform::Mode::Private));
    for (const auto& material : fs::directory_iterator(shelf)) {
      const auto name = material.path().filename();
      TRY(const auto outcome, take(material.path(), target / name, as));
      count(outcome, name, copied);
    }
    TRY_VOID(platform::sync_folder(target));
  }
  TRY_VOID(platform::sync_folder(to));
  return copied;
}

}  // namespace tongban::server
