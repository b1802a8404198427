#include "server/store/sqlite/checked_pages.h"

#include <xxhash.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <mutex>
#include <string_view>
#include <utility>

namespace tongban::store {
namespace {

constexpr const char* name_of_vfs = "checked-pages";
constexpr int least_page = 512, largest_page = 65'536;
constexpr std::size_t reserved_at = 20;  ///< in a database's first octets: how much each page leaves free at its end
constexpr std::string_view database_begins{"SQLite format 3", 16};

/// SQLite gives raw memory for this struct, and behind it for that of the VFS below.
struct File {
  sqlite3_file base;
  bool checked;  ///< its pages have room for checksums
};

File& ours(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
sqlite3_file* below(sqlite3_file* file) { return reinterpret_cast<sqlite3_file*>(&ours(file) + 1); }

/// Pages are read and written whole; the file's head is of another size.
bool is_page(int amount) { return amount >= least_page && amount <= largest_page && (amount & (amount - 1)) == 0; }

std::uint64_t hash(const void* page, int amount) { return XXH3_64bits(page, static_cast<std::size_t>(amount - page_checksum_octets)); }

std::uint64_t checksum(const void* page, int amount) {
  static constexpr std::array<std::uint8_t, largest_page> zeros{};
  thread_local int amount_before = 0;
  thread_local std::uint64_t of_zeros = 0;
  if (amount != std::exchange(amount_before, amount)) of_zeros = hash(zeros.data(), amount);
  return hash(page, amount) ^ of_zeros;
}

bool holds(const void* page, int amount, std::uint64_t sum) {
  return std::memcmp(static_cast<const char*>(page) + amount - page_checksum_octets, &sum, sizeof sum) == 0;
}

/// One that is yet to be made, or whose making was cut off, gets its room from whoever opens it (Database::open).
int find_room(sqlite3_file* database, bool& out) {
  std::array<char, reserved_at + 1> head{};
  const int code = database->pMethods->xRead(database, head.data(), static_cast<int>(head.size()), 0);
  out = !std::string_view(head.data(), head.size()).starts_with(database_begins) || head[reserved_at] == page_checksum_octets;
  return code == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : code;
}

int read(sqlite3_file* file, void* out, int amount, sqlite3_int64 offset) {
  const int code = below(file)->pMethods->xRead(below(file), out, amount, offset);
  if (code != SQLITE_OK || !is_page(amount) || !ours(file).checked) return code;
  return holds(out, amount, checksum(out, amount)) ? SQLITE_OK : SQLITE_IOERR_DATA;
}

/// The last octets of a page are nobody's but the checksum's, also in SQLite's own memory.
int write(sqlite3_file* file, const void* data, int amount, sqlite3_int64 offset) {
  if (is_page(amount) && ours(file).checked) {
    const std::uint64_t sum = checksum(data, amount);
    std::memcpy(static_cast<char*>(const_cast<void*>(data)) + amount - page_checksum_octets, &sum, sizeof sum);
  }
  return below(file)->pMethods->xWrite(below(file), data, amount, offset);
}

// The rest is the VFS below's.
int close(sqlite3_file* file) { return below(file)->pMethods->xClose(below(file)); }
int control(sqlite3_file* file, int operation, void* argument) { return below(file)->pMethods->xFileControl(below(file), operation, argument); }
int truncate(sqlite3_file* file, sqlite3_int64 length) { return below(file)->pMethods->xTruncate(below(file), length); }
int sync(sqlite3_file* file, int flags) { return below(file)->pMethods->xSync(below(file), flags); }
int size(sqlite3_file* file, sqlite3_int64* out) { return below(file)->pMethods->xFileSize(below(file), out); }
int lock(sqlite3_file* file, int level) { return below(file)->pMethods->xLock(below(file), level); }
int unlock(sqlite3_file* file, int level) { return below(file)->pMethods->xUnlock(below(file), level); }
int is_reserved(sqlite3_file* file, int* out) { return below(file)->pMethods->xCheckReservedLock(below(file), out); }
int sector_size(sqlite3_file* file) { return below(file)->pMethods->xSectorSize(below(file)); }
int abilities(sqlite3_file* file) { return below(file)->pMethods->xDeviceCharacteristics(below(file)); }
int map_shared(sqlite3_file* file, int region, int region_size, int extend, void volatile** out) {
  return below(file)->pMethods->xShmMap(below(file), region, region_size, extend, out);
}
int lock_shared(sqlite3_file* file, int from, int count, int flags) { return below(file)->pMethods->xShmLock(below(file), from, count, flags); }
void barrier(sqlite3_file* file) { below(file)->pMethods->xShmBarrier(below(file)); }
int unmap_shared(sqlite3_file* file, int erase) { return below(file)->pMethods->xShmUnmap(below(file), erase); }

/// What is mapped into memory comes past `read`: version 2 of the methods has no mapping.
constexpr sqlite3_io_methods methods{2,       close,       read,      write,     truncate,   sync,        size,    lock,         unlock,
                                     is_reserved, control, sector_size, abilities, map_shared, lock_shared, barrier, unmap_shared, nullptr,
                                     nullptr};

sqlite3_vfs* base_of(sqlite3_vfs* vfs) { return static_cast<sqlite3_vfs*>(vfs->pAppData); }

int open(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* out, int flags, int* out_flags) {
  sqlite3_vfs* base = base_of(vfs);
  if ((flags & SQLITE_OPEN_MAIN_DB) == 0) return base->xOpen(base, name, out, flags, out_flags);
  File& file = ours(out);
  file = {};
  below(out)->pMethods = nullptr;
  const int code = base->xOpen(base, name, below(out), flags, out_flags);
  if (below(out)->pMethods) file.base.pMethods = &methods;  // SQLite closes what has methods, opened or not
  return code == SQLITE_OK ? find_room(below(out), file.checked) : code;
}

// And what is no file's.
int erase(sqlite3_vfs* vfs, const char* name, int sync_folder) { return base_of(vfs)->xDelete(base_of(vfs), name, sync_folder); }
int access(sqlite3_vfs* vfs, const char* name, int flags, int* out) { return base_of(vfs)->xAccess(base_of(vfs), name, flags, out); }
int full_path(sqlite3_vfs* vfs, const char* name, int room, char* out) { return base_of(vfs)->xFullPathname(base_of(vfs), name, room, out); }
int randomness(sqlite3_vfs* vfs, int amount, char* out) { return base_of(vfs)->xRandomness(base_of(vfs), amount, out); }
int sleep(sqlite3_vfs* vfs, int microseconds) { return base_of(vfs)->xSleep(base_of(vfs), microseconds); }
int day(sqlite3_vfs* vfs, double* julian) { return base_of(vfs)->xCurrentTime(base_of(vfs), julian); }
int last_error(sqlite3_vfs* vfs, int room, char* out) { return base_of(vfs)->xGetLastError(base_of(vfs), room, out); }

struct Layer {
  std::mutex mutex;
  sqlite3_vfs vfs{};
};

}  // namespace

const char* checked_pages() {
  static Layer layer;
  const std::lock_guard guard(layer.mutex);
  sqlite3_vfs* base = sqlite3_vfs_find(nullptr);
  if (!base) return nullptr;
  if (layer.vfs.pAppData == base) return name_of_vfs;
  if (layer.vfs.pAppData) sqlite3_vfs_unregister(&layer.vfs);
  layer.vfs = {};
  layer.vfs.iVersion = 1;
  layer.vfs.szOsFile = static_cast<int>(sizeof(File)) + base->szOsFile;
  layer.vfs.mxPathname = base->mxPathname;
  layer.vfs.zName = name_of_vfs;
  layer.vfs.pAppData = base;
  layer.vfs.xOpen = open;
  layer.vfs.xDelete = erase;
  layer.vfs.xAccess = access;
  layer.vfs.xFullPathname = full_path;
  layer.vfs.xRandomness = randomness;
  layer.vfs.xSleep = sleep;
  layer.vfs.xCurrentTime = day;
  layer.vfs.xGetLastError = last_error;
  return sqlite3_vfs_register(&layer.vfs, 0) == SQLITE_OK ? name_of_vfs : nullptr;
}

bool are_pages_checked(sqlite3* database) {
  sqlite3_file* file = nullptr;
  sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  return file && file->pMethods == &methods && ours(file).checked;
}

}  // namespace tongban::store
