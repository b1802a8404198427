#include "tests/server/small_disk.h"

#include <sched.h>
#include <sys/mount.h>

#include <cstdlib>
#include <fstream>

namespace tongban::tests {
namespace fs = std::filesystem;

namespace {

/// What is mounted from now on ends with the process at the latest, and nobody else sees it.
bool stand_apart() {
  static const bool apart = ::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
  return apart;
}

bool mount_image(const fs::path& at, const fs::path& image) {
  std::ofstream(image).close();
  fs::resize_file(image, SmallDisk::octets);
  const auto quoted = [](const fs::path& path) { return " '" + path.string() + "'"; };
  const auto command = "(mkfs.ext4 -q -m 0" + quoted(image) + " && mount -o loop" + quoted(image) + quoted(at) + ") >/dev/null 2>&1";
  return std::system(command.c_str()) == 0;
}

bool mount_memory(const fs::path& at) {
  return ::mount("tmpfs", at.c_str(), "tmpfs", 0, ("size=" + std::to_string(SmallDisk::octets)).c_str()) == 0;
}

}  // namespace

SmallDisk::SmallDisk(Kind kind, const fs::path& at, const fs::path& image) : at_(at) {
  fs::create_directories(at);
  if (stand_apart()) mounted_ = kind == Kind::Ext4 ? mount_image(at, image) : mount_memory(at);
  any_refused_ = any_refused_ || !mounted_;
}

SmallDisk::~SmallDisk() {
  if (mounted_) ::umount2(at_.c_str(), MNT_DETACH);
}

void SmallDisk::fill_up_to(std::uint64_t free_octets) const {
  std::ofstream ballast(this->ballast(), std::ios::binary);
  const std::string piece(64 * 1024, 'x');
  while (fs::space(at_).available > free_octets + piece.size() && ballast) ballast << piece << std::flush;
}

}  // namespace tongban::tests
