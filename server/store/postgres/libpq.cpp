#include "server/store/postgres/libpq.h"

#include <dlfcn.h>

namespace tongban::store {
namespace {

// The number of its interface, the same since PostgreSQL 8.3.
constexpr const char* file = "libpq.so.5";

Libpq load() {
  Libpq loaded;
  void* library = ::dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (!library) return loaded;
  bool complete = true;
#define TONGBAN_LOAD(name)                                                      \
  loaded.name = reinterpret_cast<decltype(loaded.name)>(::dlsym(library, #name)); \
  complete = complete && loaded.name;
  TONGBAN_LIBPQ(TONGBAN_LOAD)
#undef TONGBAN_LOAD
  loaded.is_here = complete;
  return loaded;
}

}  // namespace

const Libpq& libpq() {
  static const Libpq loaded = load();
  return loaded;
}

}  // namespace tongban::store
