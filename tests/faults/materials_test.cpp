// Photographs on a disk that breaks: one is there whole under its name, or not at all, and comes in again.
#include <doctest/doctest.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>

#include "server/store/attachment_folder.h"
#include "shared/crypto/digest.h"
#include "tests/fakes/figures.h"
#include "tests/faults/fault_files.h"
#include "tests/faults/own_process.h"

using namespace tongban;
using namespace tongban::faults;
namespace fs = std::filesystem;

namespace {

const std::string photo = "\xFF\xD8\xFF\xE0 a photograph of nobody" + std::string(150'000, '.');
const crypto::Digest digest = crypto::digest(as_bytes(photo));

enum class Way { Whole, InPieces };

class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "tongban-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~Folder() { fs::remove_all(path_); }
  const fs::path& path() const { return path_; }
  void empty() const {
    fs::remove_all(path_);
    fs::create_directory(path_);
  }

 private:
  fs::path path_;
};

/// In pieces: what is there is left as it is, and the rest comes in two.
Expected<void> bring(store::AttachmentFolder& attachments, Way way) {
  const ByteView all = as_bytes(photo);
  if (way == Way::Whole) {
    TRY(auto upload, attachments.begin(digest));
    TRY_VOID(upload->write(all.first(100'000)));
    TRY_VOID(upload->write(all.subspan(100'000)));
    return upload->finish();
  }
  if (const auto kept = attachments.kept(digest); kept < server::material_step) {
    TRY(auto upload, attachments.resume(digest, kept));
    TRY_VOID(upload->write(all.first(server::material_step)));
  }
  const auto kept = attachments.kept(digest);
  TRY(auto upload, attachments.resume(digest, kept));
  TRY_VOID(upload->write(all.subspan(kept)));
  return upload->finish();
}

bool is_there(store::AttachmentFolder& attachments) {
  return attachments.find(digest) && attachments.check(digest) == server::Condition::Whole;
}

/// The exit code of a process whose sync of that number fails; nothing when it went on.
std::optional<int> code_with_sync(const fs::path& folder, Way way, std::size_t sync) {
  const int code = in_its_own_process([&] {
    auto attachments = store::AttachmentFolder::open(folder);
    FaultFiles::fail_at_sync(sync, EIO);
    [[maybe_unused]] const auto brought = bring(*attachments, way);
    return 0;
  });
  return code == 0 ? std::nullopt : std::optional(code);
}

struct Fault {
  const char* name;
  FileFault how;
  int error = 0;
};

constexpr int right = 0, not_whole = 1, wrong_answer = 2, does_not_come_again = 3;

bool is_right(const Expected<void>& brought, const Fault& fault) {
  if (fault.how != FileFault::Error) return brought.has_value();  // is nothing's failure
  const bool no_room = fault.error == ENOSPC || fault.error == EDQUOT;
  return brought || brought.error().is(no_room ? store::attachment_errors::Full : store::attachment_errors::Failed);
}

int go_through(const fs::path& folder, Way way, std::size_t operation, const Fault& fault) {
  auto attachments = store::AttachmentFolder::open(folder);
  FaultFiles::fail_at(operation, fault.how, fault.error);
  const auto brought = bring(*attachments, way);
  FaultFiles::fail_at(0, FileFault::Error);
  if (!is_right(brought, fault)) return wrong_answer;
  if (brought ? !is_there(*attachments) : attachments->find(digest).has_value()) return not_whole;
  return bring(*attachments, way) && is_there(*attachments) ? right : does_not_come_again;
}

std::size_t operations_of(const fs::path& folder, Way way) {
  auto attachments = store::AttachmentFolder::open(folder);
  FaultFiles::fail_at(0, FileFault::Error);
  REQUIRE(bring(*attachments, way));
  return FaultFiles::operations();
}

}  // namespace

TEST_CASE("nobody is told that a photograph is there before its name is on the disk, but for one that has been there before") {
  const Folder folder;
  auto attachments = store::AttachmentFolder::open(folder.path());
  REQUIRE(attachments);
  for (const Way way : {Way::Whole, Way::InPieces}) {
    int syncs = 0, told = 0;
    FaultFiles::before_syncs([&] {
      ++syncs;
      if (attachments->has(digest) || attachments->renew(digest)) ++told;
    });
    REQUIRE(bring(*attachments, way));
    FaultFiles::before_syncs(nullptr);
    CHECK(syncs >= 3);
    CHECK(told == 0);
    CHECK(attachments->has(digest));
    folder.empty();
    attachments = store::AttachmentFolder::open(folder.path());
    REQUIRE(attachments);
  }
  REQUIRE(bring(*attachments, Way::Whole));
  bool always_there = true;
  FaultFiles::before_syncs([&] { always_there = always_there && attachments->has(digest); });
  REQUIRE(bring(*attachments, Way::Whole));
  FaultFiles::before_syncs(nullptr);
  CHECK(always_there);
}

TEST_CASE("a photograph that can't be synced ends the process, and nothing of it is left that a second attempt could build upon") {
  const Folder folder;
  for (const Way way : {Way::Whole, Way::InPieces}) {
    std::size_t sync = 1;
    for (std::optional<int> code; sync < 9 && (code = code_with_sync(folder.path(), way, sync)); ++sync) {
      INFO("sync ", sync);
      CHECK(*code == for_the_disk);
      const auto attachments = store::AttachmentFolder::open(folder.path());
      REQUIRE(attachments);
      CHECK_FALSE(attachments->find(digest));
      CHECK(fs::is_empty(folder.path() / "part"));
      folder.empty();
    }
    CHECK(sync == 4);  // the file, its folder, and the folder of that have been through
    CHECK(store::AttachmentFolder::open(folder.path())->find(digest));
    folder.empty();
  }
}

TEST_CASE("a disk that finds no room when it syncs is told from one that no longer syncs") {
  const Folder folder;
  auto attachments = store::AttachmentFolder::open(folder.path());
  FaultFiles::fail_at_sync(1, ENOSPC);
  const auto brought = bring(*attachments, Way::InPieces);
  FaultFiles::fail_at(0, FileFault::Error);
  REQUIRE_FALSE(brought);
  CHECK(brought.error().is(store::attachment_errors::Full));
  CHECK(fs::is_empty(folder.path() / "part"));
}

TEST_CASE("whichever operation on its file fails, a photograph is acknowledged only when it is there whole, and comes in again") {
  const Folder folder;
  const Fault faults[] = {{"half of it", FileFault::Short},        {"a signal", FileFault::Interrupted},
                          {"EIO", FileFault::Error, EIO},          {"ENOSPC", FileFault::Error, ENOSPC},
                          {"EDQUOT", FileFault::Error, EDQUOT},    {"EMFILE", FileFault::Error, EMFILE},
                          {"EROFS", FileFault::Error, EROFS}};
  std::size_t failed = 0, ended = 0;
  for (const Way way : {Way::Whole, Way::InPieces}) {
    const std::size_t operations = operations_of(folder.path(), way);
    CHECK(operations >= 8);
    folder.empty();
    for (std::size_t operation = 1; operation <= operations; ++operation) {
      for (const Fault& fault : faults) {
        INFO(std::string(fault.name), " at operation ", operation, std::string(way == Way::Whole ? " of a whole one" : " of one in pieces"));
        const int code = in_its_own_process([&] { return go_through(folder.path(), way, operation, fault); });
        ++failed;
        if (code == for_the_disk) {
          ++ended;
          auto attachments = store::AttachmentFolder::open(folder.path());
          REQUIRE(attachments);
          CHECK_FALSE(attachments->find(digest));
          CHECK(bring(*attachments, way));
          CHECK(is_there(*attachments));
        } else {
          CHECK(code == right);
        }
        folder.empty();
      }
    }
  }
  CHECK(ended > 0);
  fakes::report_figures("file_faults", {{"faults.file_faults", failed}, {"faults.ended_for_a_file", ended}});
}

TEST_CASE("a photograph that can't be opened for a moment isn't one that is lost") {
  const Folder folder;
  auto attachments = store::AttachmentFolder::open(folder.path(), 0);
  REQUIRE(attachments);
  REQUIRE(bring(*attachments, Way::Whole));
  for (const int error : {EMFILE, ENFILE, ENOMEM, EIO}) {
    FaultFiles::fail_at(1, FileFault::Error, error);
    CHECK(attachments->has(digest));
    CHECK(attachments->renew(digest));
    FaultFiles::fail_at(0, FileFault::Error);
  }
  CHECK_FALSE(attachments->has(crypto::digest(as_bytes("another"))));
}
