// The tests of PostgreSQL: skipped as a whole where there is none, and its server ended with them.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdio>
#include <memory>

#include "tests/contract/shared_cluster.h"

namespace {

std::unique_ptr<tongban::tests::Cluster> cluster;

}  // namespace

namespace tongban::tests {

Cluster& shared_cluster() {
  if (!cluster) cluster = std::make_unique<Cluster>();
  return *cluster;
}

}  // namespace tongban::tests

int main(int argc, char** argv) {
  if (!tongban::tests::postgres_programs()) {
    std::fputs("PostgreSQL is not here: deploy/setup test fetches it\n", stderr);
    return 77;
  }
  doctest::Context context(argc, argv);
  const int failed = context.run();
  cluster.reset();
  return failed;
}
