#include "server/store/sqlite/log.h"

#include <algorithm>

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

// Under the write lock, so that no other process appends meanwhile.
Expected<void> Log::reserve(std::uint64_t octets) {
  TRY_VOID(db_.run("BEGIN IMMEDIATE"));
  const auto written = write_anew(octets);
  TRY_VOID(db_.run("ROLLBACK"));
  return written;
}

/// What an earlier process could not sync is on no disk, and the kernel shows it all the same: what was appended to it would
/// be lost with it, synced or not. Only what is written is synced, so all of it is written once more, as it reads. Zeros
/// after the last frame are to SQLite what the frames of an earlier round are: the end, since their salt isn't the log's.
Expected<void> Log::write_anew(std::uint64_t octets) {
  sqlite3_file* file = nullptr;
  sqlite3_int64 there = 0;
  sqlite3_file_control(db_.handle(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
  if (!file || !file->pMethods) return {};
  if (file->pMethods->xFileSize(file, &there) != SQLITE_OK) return Error(store_errors::Failed, "writing the log anew", "its size");
  const auto old = static_cast<std::uint64_t>(there);
  Bytes part(piece);
  for (std::uint64_t at = 0; at < old; at += piece) {
    const auto amount = static_cast<int>(std::min(piece, old - at));
    int code = file->pMethods->xRead(file, part.data(), amount, static_cast<sqlite3_int64>(at));
    if (code == SQLITE_OK) code = file->pMethods->xWrite(file, part.data(), amount, static_cast<sqlite3_int64>(at));
    if (code != SQLITE_OK) return Error(store_errors::Failed, "writing the log anew", sqlite3_errstr(code));
  }
  std::fill(part.begin(), part.end(), std::uint8_t{0});
  for (std::uint64_t at = old; at < octets; at += piece) {
    const auto amount = static_cast<int>(std::min(piece, octets - at));
    if (file->pMethods->xWrite(file, part.data(), amount, static_cast<sqlite3_int64>(at)) != SQLITE_OK) break;
  }
  if (file->pMethods->xSync(file, SQLITE_SYNC_NORMAL) != SQLITE_OK) return Error(store_errors::Unsynced, "writing the log anew");
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
