#include "tests/contract/cluster.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <thread>
#include <vector>

#include "server/store/postgres/connection.h"

namespace tongban::tests {
namespace fs = std::filesystem;

namespace {

constexpr uid_t nobody = 65534;

/// In the child: becomes the program, as somebody who may be its user.
[[noreturn]] void become(const fs::path& program, std::vector<std::string> words, const fs::path& folder) {
  const int log = ::open((folder / "log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
  ::dup2(log, STDOUT_FILENO);
  ::dup2(log, STDERR_FILENO);
  if (::chdir(folder.c_str()) != 0) ::_exit(127);
  if (::geteuid() == 0 && (::setgroups(0, nullptr) != 0 || ::setgid(nobody) != 0 || ::setuid(nobody) != 0)) ::_exit(127);
  ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
  // An unpacked one has its libraries beside it: PREFIX/lib/postgresql/VERSION/bin/postgres.
  const auto libraries = program.parent_path().parent_path().parent_path().parent_path();
  ::setenv("LD_LIBRARY_PATH", ((libraries / "x86_64-linux-gnu").string() + ':' + (libraries / "aarch64-linux-gnu").string()).c_str(), 1);
  words.insert(words.begin(), program.string());
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  ::execv(program.c_str(), arguments.data());
  ::_exit(127);
}

/// Debian's folder of versions, the newest first.
std::optional<fs::path> newest_in(const fs::path& versions) {
  std::optional<fs::path> found;
  std::error_code none;
  for (const auto& version : fs::directory_iterator(versions, none)) {
    const auto programs = version.path() / "bin";
    if (fs::exists(programs / "initdb") && fs::exists(programs / "postgres") && (!found || programs > *found)) found = programs;
  }
  return found;
}

/// A clone in a folder that only root may enter hides what was unpacked there.
bool nobody_may_enter(const fs::path& folder) {
  for (auto at = folder; at.has_relative_path(); at = at.parent_path())
    if ((fs::status(at).permissions() & fs::perms::others_exec) == fs::perms::none) return false;
  return true;
}

}  // namespace

std::optional<fs::path> postgres_programs() {
  if (const char* unpacked = std::getenv("TONGBAN_POSTGRES"))
    if (auto found = newest_in(fs::path(unpacked) / "usr/lib/postgresql")) return found;
  return newest_in("/usr/lib/postgresql");
}

Cluster::Cluster() {
  const auto programs = postgres_programs();
  REQUIRE(programs);
  programs_ = *programs;
  std::string pattern = (fs::temp_directory_path() / "tongban-pg-XXXXXX").string();
  folder_ = ::mkdtemp(pattern.data());
  if (::geteuid() == 0) REQUIRE(::chown(folder_.c_str(), nobody, nobody) == 0);
  if (::geteuid() == 0 && !nobody_may_enter(programs_)) bring_programs_here();
  const pid_t child = ::fork();
  if (child == 0) become(programs_ / "initdb", {"-D", (folder_ / "data").string(), "-U", "tongban", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"}, folder_);
  int status = 0;
  ::waitpid(child, &status, 0);
  REQUIRE(status == 0);
  start();
}

void Cluster::bring_programs_here() {
  const auto version = programs_.parent_path();                               // PREFIX/lib/postgresql/VERSION
  const auto prefix = version.parent_path().parent_path().parent_path();
  fs::copy(prefix, folder_ / "usr", fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  programs_ = folder_ / "usr" / fs::relative(programs_, prefix);
}

Cluster::~Cluster() {
  stop();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

/// After a kill, the new one refuses to start as long as a child of the old one is there: then once more.
void Cluster::start() {
  for (int tries = 0; tries < 200; ++tries) {
    if (postmaster_ <= 0) {
      postmaster_ = ::fork();
      if (postmaster_ == 0)
        become(programs_ / "postgres", {"-D", (folder_ / "data").string(), "-k", folder_.string(), "-c", "listen_addresses=", "-c", "max_connections=20", "-c", "shared_buffers=16MB"}, folder_);
    }
    if (answers()) return;
    if (::waitpid(postmaster_, nullptr, WNOHANG) != 0) postmaster_ = -1;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  FAIL("PostgreSQL does not start; see ", (folder_ / "log").string());
}

void Cluster::stop() {
  if (postmaster_ <= 0) return;
  ::kill(postmaster_, SIGINT);
  ::waitpid(postmaster_, nullptr, 0);
  postmaster_ = -1;
}

void Cluster::kill() {
  ::kill(postmaster_, SIGKILL);
  ::waitpid(postmaster_, nullptr, 0);
  postmaster_ = -1;
}

std::string Cluster::address_of(const std::string& name) const { return "host=" + folder_.string() + " user=tongban dbname=" + name; }

bool Cluster::answers() const { return store::PostgresConnection::open(parsed(address_of("postgres"))).has_value(); }

std::string Cluster::make_database() {
  const auto name = "node" + std::to_string(++databases_);
  ask(address_of("postgres"), "CREATE DATABASE " + name);
  return address_of(name);
}

std::string Cluster::ask(const std::string& address, const std::string& sql) const {
  auto db = store::PostgresConnection::open(parsed(address));
  REQUIRE(db);
  const auto row = db->ask(sql);
  if (!row) FAIL(sql, ": ", row.error().detail);
  return row->empty() ? std::string() : row->front().value_or("");
}

store::PostgresAddress parsed(const std::string& address) {
  auto read = store::postgres_address(address);
  REQUIRE(read);
  return std::move(*read);
}

}  // namespace tongban::tests
