#include "tests/bench/floor.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <vector>

namespace tongban::bench {
namespace {

constexpr std::size_t letter_octets = 3'000, answer_octets = 300;  ///< about what an envelope and its answer are

sqlite3* open(const std::filesystem::path& path) {
  sqlite3* database = nullptr;
  sqlite3_initialize();
  sqlite3_open(path.c_str(), &database);
  sqlite3_exec(database, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE kept (id INTEGER PRIMARY KEY, octets BLOB)", nullptr, nullptr, nullptr);
  return database;
}

void commit(sqlite3* database, std::size_t octets) {
  const std::string sql = "INSERT INTO kept (octets) VALUES (zeroblob(" + std::to_string(octets) + "))";
  sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr);
}

bool send_all(int fd, std::size_t octets) {
  const std::vector<char> sent(octets, 'x');
  return ::send(fd, sent.data(), sent.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(sent.size());
}

bool receive_all(int fd, std::size_t octets) {
  std::vector<char> received(octets);
  return ::recv(fd, received.data(), received.size(), MSG_WAITALL) == static_cast<ssize_t>(received.size());
}

struct Ends {
  int near = -1, far = -1;
};

Ends connect_over_loopback() {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof at;
  ::bind(listener, reinterpret_cast<sockaddr*>(&at), sizeof at);
  ::listen(listener, 1);
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&at), &size);
  Ends ends;
  ends.near = ::socket(AF_INET, SOCK_STREAM, 0);
  if (::connect(ends.near, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0) ends.far = ::accept(listener, nullptr, nullptr);
  ::close(listener);
  const int on = 1;
  for (const int fd : {ends.near, ends.far}) ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return ends;
}

}  // namespace

std::unique_ptr<Floor> Floor::make(const std::filesystem::path& folder) {
  Database here(open(folder / "floor-here.db"), sqlite3_close), there(open(folder / "floor-there.db"), sqlite3_close);
  const Ends ends = connect_over_loopback();
  if (!here || !there || ends.far < 0) return nullptr;
  return std::unique_ptr<Floor>(new Floor(std::move(here), std::move(there), ends.near, ends.far));
}

Floor::Floor(Database here, Database there, int near, int far)
    : here_(std::move(here)), there_(std::move(there)), near_(near), far_side_(answer, there_.get(), far) {}

Floor::~Floor() {
  ::shutdown(near_, SHUT_RDWR);
  far_side_.join();
  ::close(near_);
}

void Floor::answer(sqlite3* there, int far) {
  while (receive_all(far, letter_octets)) {
    commit(there, letter_octets);
    send_all(far, answer_octets);
  }
  ::close(far);
}

double Floor::once() {
  const auto begun = std::chrono::steady_clock::now();
  commit(here_.get(), letter_octets);
  send_all(near_, letter_octets);
  receive_all(near_, answer_octets);
  commit(here_.get(), answer_octets);
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
}

}  // namespace tongban::bench
