#include "tests/server/shortage.h"

#include <doctest/doctest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

namespace tongban::tests {

Shortage::Shortage() : fd_(::memfd_create("shortage", 0)) {
  REQUIRE(::ftruncate(fd_, sizeof(ShortagePlan)) == 0);
  void* shared = ::mmap(nullptr, sizeof(ShortagePlan), PROT_READ | PROT_WRITE, MAP_SHARED, fd_, 0);
  REQUIRE(shared != MAP_FAILED);
  plan_ = static_cast<ShortagePlan*>(shared);
  ::setenv(ShortagePlan::variable, std::to_string(fd_).c_str(), 1);
}

Shortage::~Shortage() {
  ::unsetenv(ShortagePlan::variable);
  ::munmap(plan_, sizeof(ShortagePlan));
  ::close(fd_);
}

void Shortage::fail_at(std::uint64_t n) {
  plan_->fails_at = 0;
  plan_->allocations = 0;
  plan_->fails_at = n;
}

}  // namespace tongban::tests
