// The tests of a full disk: skipped where no disk can be mounted to be filled, though what needs none has been tried.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include "tests/server/small_disk.h"

int main(int argc, char** argv) {
  const int failed = doctest::Context(argc, argv).run();
  return failed == 0 && tongban::tests::SmallDisk::any_refused() ? 77 : failed;
}
