// Accounts, sign-ins, and the audit of readings. Included by the transaction.cpp of each engine.
#pragma once

#include "server/store/sql/rows.h"
#include "server/store/sql/transaction.h"

namespace tongban::store {

using server::Reading;
using server::StaffAccount;
using server::StaffSession;

template <typename Database>
Expected<std::optional<StaffAccount>> SqlTransaction<Database>::find_account(const StaffId& account) {
  auto row = db_.prepare("SELECT * FROM staff_account WHERE account = ?");
  row.bind(account.text());
  if (row.next()) return std::optional(read_account(row));
  TRY_VOID(row.status());
  return std::optional<StaffAccount>();
}

template <typename Database>
Expected<std::vector<StaffAccount>> SqlTransaction<Database>::accounts() {
  std::vector<StaffAccount> accounts;
  auto row = db_.prepare("SELECT * FROM staff_account ORDER BY account");
  while (row.next()) accounts.push_back(read_account(row));
  TRY_VOID(row.status());
  return accounts;
}

template <typename Database>
Expected<void> SqlTransaction<Database>::put_account(const StaffAccount& account) {
  auto put = db_.prepare(
      "INSERT INTO staff_account VALUES (?,?,?,?,?,?,?) ON CONFLICT (account) DO UPDATE SET name = excluded.name, "
      "role = excluded.role, centre = excluded.centre, password_hash = excluded.password_hash, locked = excluded.locked");
  put.bind(account.account.text()).bind(account.name).bind(number_of(account.role)).bind(account.centre.text());
  return put.bind(account.password_hash).bind(std::int64_t{account.locked}).bind(account.created.ms).done();
}

template <typename Database>
Expected<std::optional<StaffSession>> SqlTransaction<Database>::find_session(const crypto::Digest& token) {
  auto row = db_.prepare("SELECT account, csrf, created, expires FROM staff_session WHERE token = ?");
  row.bind(token);
  if (!row.next()) {
    TRY_VOID(row.status());
    return std::optional<StaffSession>();
  }
  StaffSession session;
  session.token = token;
  session.account = StaffId(row.text());
  session.csrf = row.text();
  session.created = Instant{row.number()};
  session.expires = Instant{row.number()};
  return std::optional(std::move(session));
}

template <typename Database>
Expected<void> SqlTransaction<Database>::put_session(const StaffSession& session) {
  auto put = db_.prepare("INSERT INTO staff_session VALUES (?,?,?,?,?)");
  put.bind(session.token).bind(session.account.text()).bind(session.csrf).bind(session.created.ms);
  return put.bind(session.expires.ms).done();
}

template <typename Database>
Expected<void> SqlTransaction<Database>::end_session(const crypto::Digest& token) {
  return db_.prepare("DELETE FROM staff_session WHERE token = ?").bind(token).done();
}

template <typename Database>
Expected<void> SqlTransaction<Database>::end_expired_sessions(Instant now) {
  return db_.prepare("DELETE FROM staff_session WHERE expires <= ?").bind(now.ms).done();
}

template <typename Database>
Expected<void> SqlTransaction<Database>::end_sessions(const StaffId& account, Instant now) {
  return db_.prepare("DELETE FROM staff_session WHERE account = ? OR expires <= ?").bind(account.text()).bind(now.ms).done();
}

template <typename Database>
Expected<void> SqlTransaction<Database>::append_reading(Reading reading) {
  {
    auto last = db_.prepare("SELECT seq, digest FROM reading ORDER BY seq DESC LIMIT 1");
    if (last.next()) {
      reading.seq = static_cast<std::uint64_t>(last.number()) + 1;
      reading.previous = last.template octets<32>();
    } else {
      TRY_VOID(last.status());
      reading.seq = 1;
      reading.previous = {};
    }
  }
  reading.digest = server::reading_digest(reading);
  auto put = db_.prepare("INSERT INTO reading VALUES (?,?,?,?,?,?,?)");
  put.bind(static_cast<std::int64_t>(reading.seq)).bind(reading.at.ms).bind(reading.actor).bind(reading.what);
  return put.bind(reading.record).bind(reading.previous).bind(reading.digest).done();
}

template <typename Database>
Expected<std::vector<Reading>> SqlTransaction<Database>::readings(std::uint64_t from, std::size_t limit) {
  std::vector<Reading> readings;
  auto row = db_.prepare("SELECT seq, at, actor, what, record, previous, digest FROM reading WHERE seq >= ? ORDER BY seq LIMIT ?");
  row.bind(static_cast<std::int64_t>(from)).bind(static_cast<std::int64_t>(limit));
  while (row.next()) {
    Reading reading;
    reading.seq = static_cast<std::uint64_t>(row.number());
    reading.at = Instant{row.number()};
    reading.actor = row.text();
    reading.what = row.text();
    reading.record = row.text();
    reading.previous = row.template octets<32>();
    reading.digest = row.template octets<32>();
    readings.push_back(std::move(reading));
  }
  TRY_VOID(row.status());
  return readings;
}

}  // namespace tongban::store
