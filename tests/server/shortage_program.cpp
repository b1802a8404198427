// What `tongban_short` allocates with: operator new, and what Asio uses past it. The standard's own way of failing
// ([new.delete.single]): the handler first, and where there is none, std::bad_alloc.
#include <sys/mman.h>

#include <cstdlib>
#include <new>

#include "tests/server/shortage.h"

namespace {

using tongban::tests::ShortagePlan;

ShortagePlan* plan() {
  static ShortagePlan* const shared = []() -> ShortagePlan* {
    const char* fd = std::getenv(ShortagePlan::variable);
    if (!fd) return nullptr;
    void* at = ::mmap(nullptr, sizeof(ShortagePlan), PROT_READ | PROT_WRITE, MAP_SHARED, std::atoi(fd), 0);
    return at == MAP_FAILED ? nullptr : static_cast<ShortagePlan*>(at);
  }();
  return shared;
}

bool fails() { return plan() && ++plan()->allocations == plan()->fails_at; }

template <typename Allocate>
void* allocated(Allocate allocate) {
  for (bool failed = fails();; failed = false) {
    if (void* octets = failed ? nullptr : allocate()) return octets;
    const auto handler = std::get_new_handler();
    if (!handler) throw std::bad_alloc();
    handler();
  }
}

}  // namespace

extern "C" void* __real_aligned_alloc(std::size_t alignment, std::size_t size);
extern "C" void* __wrap_aligned_alloc(std::size_t alignment, std::size_t size) {
  return fails() ? nullptr : __real_aligned_alloc(alignment, size);
}

void* operator new(std::size_t size) {
  return allocated([size] { return std::malloc(size > 0 ? size : 1); });
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  const auto at = static_cast<std::size_t>(alignment);
  return allocated([at, size] { return __real_aligned_alloc(at, (size + at - 1) / at * at); });
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  try {
    return operator new(size);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}
void operator delete(void* octets) noexcept { std::free(octets); }
void operator delete(void* octets, std::size_t) noexcept { std::free(octets); }
void operator delete(void* octets, std::align_val_t) noexcept { std::free(octets); }
void operator delete(void* octets, std::size_t, std::align_val_t) noexcept { std::free(octets); }
