#include "server/node/log_check.h"

#include "shared/casework/case_file.h"
#include "shared/crypto/digest.h"
#include "shared/wire/application.h"
#include "shared/wire/event.h"
#include "shared/wire/receipt.h"

namespace tongban::server {
namespace {

using usecases::CaseKey;
using usecases::CaseRecord;

constexpr std::size_t at_once = 256;

/// An entry of the exchange's log, with the octets that it tells of, and who must have signed them.
struct LoggedOctets {
  LogEntry entry;
  std::optional<Bytes> octets;
  CentreId by;
};

Expected<LoggedOctets> with_octets(Transaction& tx, LogEntry entry) {
  if (entry.kind == LogKind::Answered) {
    TRY(auto row, tx.find_inbox(entry.holder, entry.envelope));
    return LoggedOctets{entry, row ? std::optional(std::move(row->answer)) : std::nullopt, entry.holder};
  }
  TRY(auto letter, tx.find_letter(entry.envelope));
  if (!letter) return LoggedOctets{entry, std::nullopt, {}};
  if (entry.kind == LogKind::Sent) return LoggedOctets{entry, std::move(letter->row.bytes), entry.holder};
  return LoggedOctets{entry, std::move(letter->answer), letter->row.to};
}

Expected<std::vector<LoggedOctets>> log_page(Transaction& tx, std::uint64_t from) {
  TRY(const auto entries, tx.exchange_log(from, at_once));
  std::vector<LoggedOctets> page;
  for (const auto& entry : entries) {
    TRY(auto logged, with_octets(tx, entry));
    page.push_back(std::move(logged));
  }
  return page;
}

Expected<std::vector<CaseRecord>> case_page(Transaction& tx, const CaseKey& after) {
  TRY(const auto keys, tx.case_keys(after, at_once));
  std::vector<CaseRecord> page;
  for (const auto& key : keys) {
    TRY(auto record, tx.find_case(key));
    if (record) page.push_back(std::move(*record));
  }
  return page;
}

/// An entry that isn't the next, doesn't follow the one before, or isn't what its digest says, breaks the chain.
template <typename Entry>
class Chain {
 public:
  Chain(const char* name, crypto::Digest (*digest_of)(const Entry&)) : name_(name), digest_of_(digest_of) {}
  void follow(const Entry& entry, std::vector<std::string>& faults) {
    const bool whole = entry.seq == seq_ + 1 && entry.previous == last_ && entry.digest == digest_of_(entry);
    if (!whole) faults.push_back(std::string(name_) + " " + std::to_string(entry.seq) + ": was changed, or one before it is gone");
    seq_ = entry.seq;
    last_ = entry.digest;
  }

 private:
  const char* name_;
  crypto::Digest (*digest_of_)(const Entry&);
  std::uint64_t seq_ = 0;
  crypto::Digest last_{};
};

class Checker {
 public:
  Checker(Ledger& ledger, const wire::Directory& directory) : ledger_(ledger), directory_(directory) {}

  Expected<LogCheck> run() {
    TRY_VOID(readings());
    TRY_VOID(exchange());
    TRY_VOID(cases());
    return std::move(found_);
  }

 private:
  void fault(const std::string& where, const std::string& what) { found_.faults.push_back(where + ": " + what); }

  /// A page as of one moment. All of it at once would have the log of a store that is written to grow meanwhile; and what
  /// comes between two pages only adds to the chains.
  template <typename Page, typename Step>
  Expected<Page> look(Step step) {
    Page page;
    TRY_VOID(ledger_.read_now([&](Transaction& tx) -> Expected<void> {
      TRY(page, step(tx));
      return {};
    }));
    return page;
  }

  Expected<void> readings() {
    Chain<Reading> chain("reading", reading_digest);
    for (std::uint64_t from = 1;;) {
      TRY(const auto some, look<std::vector<Reading>>([&](Transaction& tx) { return tx.readings(from, at_once); }));
      if (some.empty()) return {};
      for (const auto& reading : some) chain.follow(reading, found_.faults);
      found_.readings += some.size();
      from = some.back().seq + 1;
    }
  }

  Expected<void> exchange() {
    Chain<LogEntry> chain("exchange", log_digest);
    for (std::uint64_t from = 1;;) {
      TRY(const auto some, look<std::vector<LoggedOctets>>([&](Transaction& tx) { return log_page(tx, from); }));
      if (some.empty()) return {};
      for (const auto& logged : some) {
        chain.follow(logged.entry, found_.faults);
        octets_of(logged);
      }
      found_.letters_and_answers += some.size();
      from = some.back().entry.seq + 1;
    }
  }

  void octets_of(const LoggedOctets& logged) {
    const auto& [entry, octets, by] = logged;
    const auto where = "exchange " + std::to_string(entry.seq) + ", letter " + entry.envelope.hex();
    const bool is_letter = entry.kind == LogKind::Sent;
    if (!octets || crypto::digest(*octets) != entry.octets) return fault(where, is_letter ? "the envelope is gone or was changed" : "the answer is gone or was changed");
    const std::string what = is_letter ? "the envelope" : "the answer";
    const auto key = is_letter ? key_of_envelope(*octets, by, entry.at) : key_of_answer(*octets, by);
    if (!key) return fault(where, "the directory doesn't name the key that signed " + what);
    if (is_letter ? !is_envelope(*octets, *key, entry.envelope) : !is_answer(*octets, *key, entry.envelope)) fault(where, what + " isn't " + by.text() + "'s");
  }

  std::optional<crypto::PublicKey> key_of_envelope(ByteView octets, const CentreId& by, Instant at) const {
    const auto signer = wire::envelope_signer(octets);
    return signer && signer->from == by ? directory_.keys()(by, signer->key, at) : std::nullopt;
  }
  std::optional<crypto::PublicKey> key_of_answer(ByteView octets, const CentreId& by) const {
    const auto signer = wire::answer_signer(octets);
    return signer ? directory_.keys()(by, signer->key, signer->at) : std::nullopt;
  }
  static bool is_envelope(ByteView octets, const crypto::PublicKey& key, const EnvelopeId& id) {
    const auto read = wire::read_envelope(octets);
    return read && read->id == id && wire::envelope_signed_by(octets, key);
  }
  static bool is_answer(ByteView octets, const crypto::PublicKey& key, const EnvelopeId& id) {
    const auto read = wire::read_answer(octets, key);
    return read && read->envelope == id;
  }

  Expected<void> cases() {
    for (CaseKey after;;) {
      TRY(const auto some, look<std::vector<CaseRecord>>([&](Transaction& tx) { return case_page(tx, after); }));
      if (some.empty()) return {};
      for (const auto& record : some) one_case(record);
      after = some.back().row.key;
    }
  }

  void one_case(const CaseRecord& record) {
    ++found_.cases;
    found_.events += record.events.size();
    found_.receipts += record.receipts.size();
    const auto where = "case " + record.row.number.text() + ", " + record.row.key.holder.text();
    if (const auto file = open(record); !file) fault(where, std::string(file.error().code->en) + " (" + file.error().code->name + ')');
    else if (!same(*file, record)) fault(where, "the row doesn't say what the events say");
    for (const auto& row : record.receipts) {
      const auto receipt = wire::verify_receipt(row.bytes, directory_.keys());
      if (!receipt) fault(where, std::string("a receipt: ") + receipt.error().code->en);
      else if (receipt->content != record.row.content || receipt->number != record.row.number) fault(where, "a receipt is another case's");
    }
  }

  static Expected<casework::CaseFile> open(const CaseRecord& record) {
    TRY(auto application, wire::decode_application(record.row.application));
    std::vector<casework::Event> events;
    for (const auto& row : record.events) {
      TRY(auto event, wire::decode_event(row.bytes));
      events.push_back(std::move(event));
    }
    TRY_VOID(wire::verify_chain(events, wire::content_digest(application)));
    return casework::derive(record.row.number, std::move(application), std::move(events));
  }

  static bool same(const casework::CaseFile& file, const CaseRecord& record) {
    const auto& row = record.row;
    return !file.events.empty() && row.content == wire::content_digest(file.application) && row.event_count == file.events.size() &&
           row.last_event == file.events.back().digest && row.stage == file.stage && row.custodian == file.custodian &&
           row.custody_since == file.custody_since;
  }

  Ledger& ledger_;
  const wire::Directory& directory_;
  LogCheck found_;
};

}  // namespace

Expected<LogCheck> check_log(Ledger& ledger, const wire::Directory& directory) { return Checker(ledger, directory).run(); }

}  // namespace tongban::server
