#include "server/platform/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "server/platform/descriptor.h"

namespace tongban::platform {
namespace {

Error failed(const std::filesystem::path& path) {
  return Error(file_errors::Unwritable, path.string(), reason(errno));
}

}  // namespace

std::string reason(int number) {
  const std::string said = std::generic_category().message(number);
  return number == EACCES ? said + "; run it as the user that the node runs as" : said;
}

Expected<bool> is_there(const std::filesystem::path& path) {
  std::error_code failed;
  const bool there = std::filesystem::exists(path, failed);
  if (failed) return Error(file_errors::Unreadable, path.string(), reason(failed.value()));
  return there;
}

Expected<Bytes> read_file(const std::filesystem::path& path) {
  const auto unreadable = [&] { return Error(file_errors::Unreadable, path.string(), reason(errno)); };
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat about {};
  if (file.get() < 0 || ::fstat(file.get(), &about) != 0) return unreadable();
  Bytes bytes(static_cast<std::size_t>(about.st_size) + 1);  // one more, to see its end without asking twice
  for (std::size_t done = 0;;) {
    const auto got = ::read(file.get(), bytes.data() + done, bytes.size() - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return unreadable();
    done += static_cast<std::size_t>(got);
    if (got == 0) {
      bytes.resize(done);
      return bytes;
    }
    if (done == bytes.size()) bytes.resize(2 * done);
  }
}

namespace {

/// With these octets and this mode already: then it only has to last. So a node starts on a full disk as well.
bool is_there_already(const std::filesystem::path& path, ByteView bytes, Mode mode) {
  const auto there = read_file(path);
  if (!there || there->size() != bytes.size() || !std::equal(bytes.begin(), bytes.end(), there->begin())) return false;
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  return file.get() >= 0 && ::fchmod(file.get(), static_cast<mode_t>(mode)) == 0 && ::fsync(file.get()) == 0;
}

}  // namespace

Expected<void> replace_file(const std::filesystem::path& path, ByteView bytes, Mode mode) {
  if (is_there_already(path, bytes, mode)) return sync_folder(path.parent_path());
  const auto beside = std::filesystem::path(path.string() + ".new");
  {
    ::unlink(beside.c_str());
    Descriptor file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, static_cast<mode_t>(mode)));
    if (file.get() < 0) return failed(beside);
    for (std::size_t done = 0; done < bytes.size();) {
      const auto wrote = ::write(file.get(), bytes.data() + done, bytes.size() - done);
      if (wrote < 0 && errno == EINTR) continue;
      if (wrote <= 0) return failed(beside);
      done += static_cast<std::size_t>(wrote);
    }
    if (::fsync(file.get()) != 0) return failed(beside);
  }
  return move_file(beside, path);
}

Expected<void> move_file(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return failed(to);
  return sync_folder(to.parent_path());
}

Expected<void> sync_folder(const std::filesystem::path& path) {
  Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() < 0 || ::fsync(folder.get()) != 0) return failed(path);
  return {};
}

Expected<void> make_folder(const std::filesystem::path& path, Mode mode) {
  std::error_code error;
  const bool fresh = std::filesystem::create_directories(path, error);
  if (error) return Error(file_errors::Unwritable, path.string(), reason(error.value()));
  if (fresh && mode == Mode::Private) ::chmod(path.c_str(), 0700);
  return {};
}

std::uint64_t free_space(const std::filesystem::path& path) {
  std::error_code error;
  const auto space = std::filesystem::space(path, error);
  return error ? 0 : space.available;
}

}  // namespace tongban::platform
