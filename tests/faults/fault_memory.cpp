#include "tests/faults/fault_memory.h"

#include <sqlite3.h>

#include <atomic>

namespace tongban::faults {
namespace {

std::atomic<std::size_t> count{0}, first{0}, last{0};
sqlite3_mem_methods inner;

bool fails() {
  const std::size_t now = ++count;
  return first != 0 && now >= first && now <= last;
}

void* allocate(int size) { return fails() ? nullptr : inner.xMalloc(size); }
void* reallocate(void* old, int size) { return fails() ? nullptr : inner.xRealloc(old, size); }

}  // namespace

void FaultMemory::install() {
  static const bool installed = [] {
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &inner);
    sqlite3_mem_methods methods = inner;
    methods.xMalloc = allocate;
    methods.xRealloc = reallocate;
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) == SQLITE_OK;
  }();
  static_cast<void>(installed);
}

void FaultMemory::fail_at(std::size_t n, std::size_t more) {
  first = 0;
  count = 0;
  last = n + more;
  first = n;
}

std::size_t FaultMemory::allocations() { return count; }

}  // namespace tongban::faults
