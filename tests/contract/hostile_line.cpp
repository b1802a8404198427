#include "tests/contract/hostile_line.h"

#include <doctest/doctest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <string_view>

namespace tongban::tests {
namespace fs = std::filesystem;

namespace {

constexpr const char* socket_name = ".s.PGSQL.5432";
constexpr int step_ms = 20, answer_ms = 2'000;

sockaddr_un address_of(const fs::path& folder) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const auto path = (folder / socket_name).string();
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  return address;
}

bool readable(int socket, int patience_ms) {
  pollfd one{socket, POLLIN, 0};
  return ::poll(&one, 1, patience_ms) > 0;
}

}  // namespace

HostileLine::HostileLine(const fs::path& server) : server_(server) {
  std::string pattern = (fs::temp_directory_path() / "tongban-line-XXXXXX").string();
  folder_ = ::mkdtemp(pattern.data());
  listener_ = ::socket(AF_UNIX, SOCK_STREAM, 0);
  const auto at = address_of(folder_);
  REQUIRE(::bind(listener_, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0);
  REQUIRE(::listen(listener_, 8) == 0);
  thread_ = std::thread([this] { serve(); });
}

HostileLine::~HostileLine() {
  ended_ = true;
  thread_.join();
  ::close(listener_);
  fs::remove_all(folder_);
}

/// One client at a time: a ledger has no more.
void HostileLine::serve() {
  while (!ended_) {
    if (!readable(listener_, step_ms)) continue;
    const int client = ::accept(listener_, nullptr, nullptr);
    pass_on(client);
    ::close(client);
  }
}

void HostileLine::pass_on(int client) {
  const int server = ::socket(AF_UNIX, SOCK_STREAM, 0);
  const auto at = address_of(server_);
  std::array<char, 1 << 16> octets;
  bool open = ::connect(server, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0;
  while (open && !ended_) {
    std::array<pollfd, 2> ends{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
    if (::poll(ends.data(), ends.size(), step_ms) <= 0) continue;
    for (std::size_t from = 0; open && from < ends.size(); ++from) {
      if (ends[from].revents == 0) continue;
      const auto size = ::read(ends[from].fd, octets.data(), octets.size());
      open = size > 0;
      // The first time, the statement's text travels; that is what is looked for.
      const bool commits = open && from == 0 && std::string_view(octets.data(), static_cast<std::size_t>(size)).find("COMMIT") != std::string_view::npos;
      const auto when = commits ? cut_.exchange(Cut::Never) : Cut::Never;
      if (when == Cut::BeforeCommit) open = false;
      if (open) open = ::write(ends[1 - from].fd, octets.data(), static_cast<std::size_t>(size)) == size;
      if (when != Cut::AfterCommit) continue;
      readable(server, answer_ms);
      open = false;
    }
  }
  ::close(server);
}

}  // namespace tongban::tests
