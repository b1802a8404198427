// The door when the machine has no room for another connection, and when it is closed.
#include <doctest/doctest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <chrono>
#include <functional>
#include <optional>
#include <thread>

#include "server/http/listener.h"
#include "tests/server/raw_client.h"

using namespace tongban;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

/// A listener that is closed behind something that has held the thread up: whatever became due meanwhile has its turn after that.
struct ClosedLate {
  asio::io_context io;
  http::Service service;
  http::Listener listener{io, service};

  rlimit usual{};

  ClosedLate() {
    ::getrlimit(RLIMIT_NOFILE, &usual);
    REQUIRE(listener.open("127.0.0.1", 0, nullptr));
  }
  ~ClosedLate() { ::setrlimit(RLIMIT_NOFILE, &usual); }
  /// No descriptor can be had from now on.
  void leave_no_descriptor() {
    const int next = ::dup(0);
    ::close(next);
    const rlimit none{static_cast<rlim_t>(next), usual.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &none) == 0);
  }
  bool ends_after(const std::function<void()>& meanwhile) {
    asio::post(io, [this, meanwhile] {
      meanwhile();
      asio::post(io, [this] { listener.close(); });
    });
    io.run_for(3s);
    return io.stopped();
  }
};

}  // namespace

TEST_CASE("a connection is waited for where descriptors or memory are short, in the process or in the kernel, and not after other faults") {
  const auto is_shortage = [](int fault) { return http::is_shortage({fault, boost::system::system_category()}); };
  for (const int fault : {EMFILE, ENFILE, ENOBUFS, ENOMEM}) CHECK(is_shortage(fault));
  for (const int fault : {0, ECONNABORTED, EPROTO, ECANCELED}) CHECK_FALSE(is_shortage(fault));
}

TEST_CASE("a door that is closed just when its connections were to be looked at ends all the same") {
  ClosedLate door;
  CHECK(door.ends_after([] { std::this_thread::sleep_for(1'100ms); }));
}

TEST_CASE("a door that is closed just when somebody has come ends all the same") {
  ClosedLate door;
  std::optional<tests::RawClient> client;
  CHECK(door.ends_after([&] { client.emplace(door.listener.port()); }));
}

TEST_CASE("a door that is closed while it waits for a descriptor ends all the same") {
  ClosedLate door;
  const tests::RawClient client(door.listener.port());
  door.leave_no_descriptor();
  door.io.run_for(20ms);
  CHECK(door.ends_after([] {}));
}
