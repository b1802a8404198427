#include "server/store/sqlite/log.h"

#include <algorithm>
#include <array>

namespace tongban::store {
namespace {

constexpr std::uint64_t piece = 64 * 1024;

}  // namespace

Log::Log(Database& db) : db_(db) {
  const auto committed = [](void* self, sqlite3*, const char*, int pages) {
    auto& log = *static_cast<Log*>(self);
    // A commit adds a page at least: no more than before means that the log has begun again at its start.
    if (pages <= log.pages_) log.moved_ = 0;
    log.pages_ = pages;
    log.grown_ = true;
    return SQLITE_OK;
  };
  sqlite3_wal_hook(db_.handle(), committed, this);
}

Log::~Log() { sqlite3_wal_hook(db_.handle(), nullptr, nullptr); }

// Under the write lock, so that no other process appends meanwhile. Zeros after the last frame are to SQLite what the
// frames of an earlier round are: the end, since their salt isn't the log's.
Expected<void> Log::reserve(std::uint64_t octets) {
  TRY_VOID(db_.run("BEGIN IMMEDIATE"));
  const auto filled = fill(octets);
  TRY_VOID(db_.run("ROLLBACK"));
  return filled;
}

Expected<void> Log::fill(std::uint64_t octets) {
  static constexpr std::array<std::uint8_t, piece> zeros{};
  sqlite3_file* file = nullptr;
  sqlite3_int64 size = 0;
  sqlite3_file_control(db_.handle(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
  if (!file || !file->pMethods || file->pMethods->xFileSize(file, &size) != SQLITE_OK) return {};
  for (auto at = static_cast<std::uint64_t>(size); at < octets; at += std::min(piece, octets - at)) {
    const auto amount = static_cast<int>(std::min(piece, octets - at));
    if (file->pMethods->xWrite(file, zeros.data(), amount, static_cast<sqlite3_int64>(at)) != SQLITE_OK) return {};
  }
  if (file->pMethods->xSync(file, SQLITE_SYNC_NORMAL) != SQLITE_OK) return Error(store_errors::Unsynced, "reserving the log");
  return {};
}

Expected<void> Log::bring_over() {
  int in_log = 0, moved = 0;
  const int code = sqlite3_wal_checkpoint_v2(db_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &in_log, &moved);
  grown_ = false;
  if (code == SQLITE_IOERR_FSYNC) return db_.fault("checkpoint");
  if (code == SQLITE_OK) moved_ = moved;
  return {};
}

}  // namespace tongban::store
