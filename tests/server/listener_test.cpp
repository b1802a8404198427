// The door when the machine has no room for another connection.
#include <doctest/doctest.h>

#include <cerrno>

#include "server/http/listener.h"

using namespace tongban;

TEST_CASE("a connection is waited for where descriptors or memory are short, in the process or in the kernel, and not after other faults") {
  const auto is_shortage = [](int fault) { return http::is_shortage({fault, boost::system::system_category()}); };
  for (const int fault : {EMFILE, ENFILE, ENOBUFS, ENOMEM}) CHECK(is_shortage(fault));
  for (const int fault : {0, ECONNABORTED, EPROTO, ECANCELED}) CHECK_FALSE(is_shortage(fault));
}
