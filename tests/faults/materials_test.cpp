// Photographs on a disk that no longer syncs.
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <limits>
#include <optional>

#include "server/store/attachment_folder.h"
#include "shared/crypto/digest.h"

namespace {

int syncs = 0, fails_at = 0, fails_with = EIO;

}  // namespace

extern "C" int __real_fsync(int fd);
extern "C" int __wrap_fsync(int fd) {
  if (++syncs != fails_at) return __real_fsync(fd);
  errno = fails_with;
  return -1;
}

using namespace tongban;
namespace fs = std::filesystem;

namespace {

const std::string photo = "\xFF\xD8\xFF\xE0 a photograph of nobody";
const crypto::Digest digest = crypto::digest(as_bytes(photo));

enum class Way { Whole, InPieces };

Expected<void> bring(const fs::path& folder, Way way) {
  syncs = std::numeric_limits<int>::min();  // those of the start are its own business
  TRY(auto attachments, store::AttachmentFolder::open(folder));
  syncs = 0;
  TRY(auto upload, way == Way::Whole ? attachments.begin(digest) : attachments.resume(digest, 0));
  TRY_VOID(upload->write(as_bytes(photo)));
  return upload->finish();
}

/// The exit code of a process whose sync of that number fails; nothing when it went on.
std::optional<int> exit_code(const fs::path& folder, Way way, int sync) {
  const pid_t child = ::fork();
  if (child == 0) {
    fails_at = sync;
    [[maybe_unused]] const auto brought = bring(folder, way);
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) != 0 ? std::optional(WEXITSTATUS(status)) : std::nullopt;
}

}  // namespace

TEST_CASE("a photograph that can't be synced ends the process, and nothing of it is left that a second attempt could build upon") {
  std::string pattern = (fs::temp_directory_path() / "tongban-XXXXXX").string();
  const fs::path folder = ::mkdtemp(pattern.data());
  for (const Way way : {Way::Whole, Way::InPieces}) {
    int sync = 1;
    for (std::optional<int> code; sync < 9 && (code = exit_code(folder, way, sync)); ++sync) {
      INFO("sync ", sync);
      CHECK(*code == 74);
      const auto attachments = store::AttachmentFolder::open(folder);
      REQUIRE(attachments);
      CHECK_FALSE(attachments->find(digest));
      CHECK(fs::is_empty(folder / "part"));
      fs::remove_all(folder);
      fs::create_directory(folder);
    }
    CHECK(sync == 4);  // the file, its folder, and the folder of that have been through
    CHECK(store::AttachmentFolder::open(folder)->find(digest));
    fs::remove_all(folder);
    fs::create_directory(folder);
  }
  fs::remove_all(folder);
}

TEST_CASE("a disk that finds no room when it syncs is told from one that no longer syncs") {
  std::string pattern = (fs::temp_directory_path() / "tongban-XXXXXX").string();
  const fs::path folder = ::mkdtemp(pattern.data());
  fails_at = 1;
  fails_with = ENOSPC;
  const auto brought = bring(folder, Way::InPieces);
  REQUIRE_FALSE(brought);
  CHECK(brought.error().is(store::attachment_errors::Full));
  CHECK(fs::is_empty(folder / "part"));
  fs::remove_all(folder);
}
