#include "tests/faults/fault_disk.h"

#include <algorithm>
#include <cstring>

#include "tests/faults/fault_memory.h"

namespace tongban::faults {
namespace {

constexpr std::size_t sector = 512;  ///< what a disk writes whole
constexpr const char* name_of_vfs = "fault-disk";

}  // namespace

struct OpenFile {
  sqlite3_file base;
  FaultDisk* disk;
  std::shared_ptr<FaultDisk::File>* file;  ///< SQLite gives raw memory for this struct
};

// SQLite's own calling conventions, and nothing else: https://sqlite.org/vfs.html
struct Calls {
  static FaultDisk& disk(sqlite3_vfs* vfs) { return *static_cast<FaultDisk*>(vfs->pAppData); }
  static OpenFile& open_file(sqlite3_file* file) { return *reinterpret_cast<OpenFile*>(file); }
  static FaultDisk::File& content(sqlite3_file* file) { return **open_file(file).file; }
  static std::unique_lock<std::mutex> lock(sqlite3_file* file) { return std::unique_lock(open_file(file).disk->mutex_); }

  static int open(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* out, int flags, int* out_flags) {
    static const sqlite3_io_methods methods{3,      close,        read,       write,       truncate,  sync,    size,    yes,   yes,
                                            is_reserved, control, sector_size, abilities, map_shared, lock_shared, barrier, unmap_shared,
                                            fetch,  unfetch};
    FaultDisk& self = disk(vfs);
    const std::lock_guard guard(self.mutex_);
    out->pMethods = nullptr;
    if (const int failed = self.begin(false, SQLITE_CANTOPEN)) return failed;
    const std::string key = name ? name : "temporary-" + std::to_string(self.operations_);
    if (!self.files_.contains(key) && (flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
    auto& file = self.files_[key];
    if (!file) file = std::make_shared<FaultDisk::File>();
    OpenFile& opened = open_file(out);
    opened.disk = &self;
    opened.file = new std::shared_ptr(file);
    opened.base.pMethods = &methods;
    if (out_flags) *out_flags = flags;
    return SQLITE_OK;
  }
  static int close(sqlite3_file* file) {
    delete open_file(file).file;
    return SQLITE_OK;
  }
  static int read(sqlite3_file* file, void* out, int amount, sqlite3_int64 offset) {
    const auto guard = lock(file);
    if (const int failed = open_file(file).disk->begin(false, SQLITE_IOERR_READ)) return failed;
    const Bytes& octets = content(file).now;
    const auto from = std::min(static_cast<std::size_t>(offset), octets.size());
    const auto there = std::min(static_cast<std::size_t>(amount), octets.size() - from);
    std::copy_n(octets.begin() + static_cast<std::ptrdiff_t>(from), there, static_cast<std::uint8_t*>(out));
    if (there == static_cast<std::size_t>(amount)) return SQLITE_OK;
    std::memset(static_cast<char*>(out) + there, 0, static_cast<std::size_t>(amount) - there);
    return SQLITE_IOERR_SHORT_READ;
  }
  static int write(sqlite3_file* file, const void* data, int amount, sqlite3_int64 offset) {
    const auto guard = lock(file);
    FaultDisk& self = *open_file(file).disk;
    if (const int failed = self.begin(true, SQLITE_IOERR_WRITE)) return failed;
    const auto* first = static_cast<const std::uint8_t*>(data);
    FaultDisk::Change change{static_cast<std::size_t>(offset), Bytes(first, first + amount), false};
    if (++self.writes_ == self.faults_.breaks_off_at) {
      self.has_failed_ = true;
      change.octets.resize(self.random_.below(change.octets.size()));
      FaultDisk::take(content(file), std::move(change));
      return SQLITE_IOERR_WRITE;
    }
    const auto grown = std::max(content(file).now.size(), change.offset + change.octets.size()) - content(file).now.size();
    if (self.faults_.quota > 0 && grown > 0 && self.octets() + grown > self.faults_.quota) return SQLITE_FULL;
    FaultDisk::take(content(file), std::move(change));
    return SQLITE_OK;
  }
  static int truncate(sqlite3_file* file, sqlite3_int64 length) {
    const auto guard = lock(file);
    if (const int failed = open_file(file).disk->begin(true, SQLITE_IOERR_TRUNCATE)) return failed;
    FaultDisk::take(content(file), {static_cast<std::size_t>(length), {}, true});
    return SQLITE_OK;
  }
  static int sync(sqlite3_file* file, int) {
    const auto guard = lock(file);
    FaultDisk& self = *open_file(file).disk;
    // A dead disk must not look like one that fails to sync: that ends the process, as it should.
    const int failed = self.begin(true, SQLITE_IOERR_FSYNC);
    if (failed && self.dead_) return SQLITE_IOERR_WRITE;
    if (failed || self.faults_.sync_fails) {
      self.lose_unsynced(content(file));
      return SQLITE_IOERR_FSYNC;
    }
    if (!self.faults_.syncs) return SQLITE_OK;
    for (const auto& change : content(file).unsynced) FaultDisk::apply(content(file).synced, change);
    content(file).unsynced.clear();
    return SQLITE_OK;
  }
  static int size(sqlite3_file* file, sqlite3_int64* out) {
    const auto guard = lock(file);
    if (const int failed = open_file(file).disk->begin(false, SQLITE_IOERR_FSTAT)) return failed;
    *out = static_cast<sqlite3_int64>(content(file).now.size());
    return SQLITE_OK;
  }
  static int yes(sqlite3_file*, int) { return SQLITE_OK; }
  static int is_reserved(sqlite3_file*, int* out) {
    *out = 0;
    return SQLITE_OK;
  }
  static int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
  static int sector_size(sqlite3_file*) { return static_cast<int>(sector); }
  static int abilities(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }
  static int map_shared(sqlite3_file* file, int region, int region_size, int extend, void volatile** out) {
    const auto guard = lock(file);
    auto& shared = content(file).shared;
    *out = nullptr;
    while (shared.size() <= static_cast<std::size_t>(region)) {
      if (!extend) return SQLITE_OK;
      shared.push_back(std::make_unique<std::uint8_t[]>(static_cast<std::size_t>(region_size)));
    }
    *out = shared[static_cast<std::size_t>(region)].get();
    return SQLITE_OK;
  }
  static int lock_shared(sqlite3_file*, int, int, int) { return SQLITE_OK; }
  static void barrier(sqlite3_file*) {}
  static int unmap_shared(sqlite3_file* file, int erase) {
    const auto guard = lock(file);
    if (erase) content(file).shared.clear();
    return SQLITE_OK;
  }
  static int fetch(sqlite3_file*, sqlite3_int64, int, void** out) {
    *out = nullptr;
    return SQLITE_OK;
  }
  static int unfetch(sqlite3_file*, sqlite3_int64, void*) { return SQLITE_OK; }

  static int erase(sqlite3_vfs* vfs, const char* name, int) {
    FaultDisk& self = disk(vfs);
    const std::lock_guard guard(self.mutex_);
    if (const int failed = self.begin(false, SQLITE_IOERR_DELETE)) return failed;
    self.files_.erase(name);
    return SQLITE_OK;
  }
  static int access(sqlite3_vfs* vfs, const char* name, int, int* out) {
    FaultDisk& self = disk(vfs);
    const std::lock_guard guard(self.mutex_);
    if (const int failed = self.begin(false, SQLITE_IOERR_ACCESS)) return failed;
    *out = self.files_.contains(name) ? 1 : 0;
    return SQLITE_OK;
  }
  static int full_path(sqlite3_vfs*, const char* name, int room, char* out) {
    sqlite3_snprintf(room, out, "%s", name);
    return SQLITE_OK;
  }
  static int randomness(sqlite3_vfs* vfs, int amount, char* out) {
    FaultDisk& self = disk(vfs);
    const std::lock_guard guard(self.mutex_);
    self.random_.fill({reinterpret_cast<std::uint8_t*>(out), static_cast<std::size_t>(amount)});
    return amount;
  }
  static int sleep(sqlite3_vfs*, int microseconds) { return microseconds; }
  static int day(sqlite3_vfs*, double* julian) {
    *julian = 2'461'369.0;
    return SQLITE_OK;
  }
  static int last_error(sqlite3_vfs*, int, char*) { return 0; }
};

FaultDisk::FaultDisk() {
  FaultMemory::install();
  sqlite3_initialize();
  vfs_.iVersion = 1;
  vfs_.szOsFile = sizeof(OpenFile);
  vfs_.mxPathname = 512;
  vfs_.zName = name_of_vfs;
  vfs_.pAppData = this;
  vfs_.xOpen = Calls::open;
  vfs_.xDelete = Calls::erase;
  vfs_.xAccess = Calls::access;
  vfs_.xFullPathname = Calls::full_path;
  vfs_.xRandomness = Calls::randomness;
  vfs_.xSleep = Calls::sleep;
  vfs_.xCurrentTime = Calls::day;
  vfs_.xGetLastError = Calls::last_error;
  sqlite3_vfs_register(&vfs_, 1);
}

FaultDisk::~FaultDisk() { sqlite3_vfs_unregister(&vfs_); }

void FaultDisk::set(DiskFaults faults) {
  const std::lock_guard guard(mutex_);
  faults_ = faults;
  random_ = fakes::SeededRandom(faults.seed);
  writes_ = changes_ = operations_ = 0;
  has_failed_ = false;
}

int FaultDisk::begin(bool change, int otherwise) {
  if (dead_) return otherwise;
  ++operations_;
  if (change) ++changes_;
  if (change && changes_ == faults_.power_goes_at) {
    dead_ = true;
    return otherwise;
  }
  if (operations_ != faults_.fails_at) return SQLITE_OK;
  has_failed_ = true;
  return otherwise;
}

void FaultDisk::apply(Bytes& octets, const Change& change) {
  if (change.truncates) return octets.resize(std::min(octets.size(), change.offset));
  if (octets.size() < change.offset + change.octets.size()) octets.resize(change.offset + change.octets.size());
  std::copy(change.octets.begin(), change.octets.end(), octets.begin() + static_cast<std::ptrdiff_t>(change.offset));
}

void FaultDisk::take(File& file, Change change) {
  apply(file.now, change);
  file.unsynced.push_back(std::move(change));
}

// Of what was not synced any sector may have come to the disk or not, and in any order.
Bytes FaultDisk::survivors_of(const File& file) {
  std::vector<Change> pieces;
  for (const Change& change : file.unsynced) {
    if (change.truncates) {
      pieces.push_back(change);
      continue;
    }
    for (std::size_t at = 0; at < change.octets.size();) {
      const std::size_t end = std::min(change.octets.size(), at + sector - (change.offset + at) % sector);
      const auto first = change.octets.begin();
      pieces.push_back({change.offset + at, Bytes(first + static_cast<std::ptrdiff_t>(at), first + static_cast<std::ptrdiff_t>(end)), false});
      at = end;
    }
  }
  for (std::size_t i = pieces.size(); i > 1; --i) std::swap(pieces[i - 1], pieces[random_.below(i)]);
  const auto kept_percent = static_cast<unsigned>(random_.below(101));
  Bytes octets = file.synced;
  for (const Change& piece : pieces) {
    if (random_.chance(kept_percent)) apply(octets, piece);
  }
  return octets;
}

// As Linux has it: the error is told once, and the pages count as written from then on. They are read as they were meant to
// be, although the disk has them or not; only what is written anew is synced the next time.
void FaultDisk::lose_unsynced(File& file) {
  file.synced = survivors_of(file);
  file.unsynced.clear();
}

void FaultDisk::start_again() {
  {
    const std::lock_guard guard(mutex_);
    for (auto& [name, file] : files_) {
      lose_unsynced(*file);
      file->now = file->synced;
    }
    dead_ = false;
  }
  end_process();
}

void FaultDisk::end_process() {
  const std::lock_guard guard(mutex_);
  for (auto& [name, file] : files_) file->shared.clear();
  faults_ = {};
}

std::size_t FaultDisk::octets() const {
  std::size_t sum = 0;
  for (const auto& [name, file] : files_) sum += file->now.size();
  return sum;
}

std::vector<std::string> FaultDisk::names() const {
  std::vector<std::string> all;
  for (const auto& [name, file] : files_) all.push_back(name);
  return all;
}

}  // namespace tongban::faults
