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
  Checker(Transaction& tx, const wire::Directory& directory) : tx_(tx), directory_(directory) {}

  Expected<LogCheck> run() {
    TRY_VOID(readings());
    TRY_VOID(exchange());
    TRY_VOID(cases());
    return std::move(found_);
  }

 private:
  void fault(const std::string& where, const std::string& what) { found_.faults.push_back(where + ": " + what); }

  Expected<void> readings() {
    Chain<Reading> chain("reading", reading_digest);
    for (std::uint64_t from = 1;;) {
      TRY(const auto some, tx_.readings(from, at_once));
      if (some.empty()) return {};
      for (const auto& reading : some) chain.follow(reading, found_.faults);
      found_.readings += some.size();
      from = some.back().seq + 1;
    }
  }

  Expected<void> exchange() {
    Chain<LogEntry> chain("exchange", log_digest);
    for (std::uint64_t from = 1;;) {
      TRY(const auto some, tx_.exchange_log(from, at_once));
      if (some.empty()) return {};
      for (const auto& entry : some) {
        chain.follow(entry, found_.faults);
        TRY_VOID(octets_of(entry));
      }
      found_.letters_and_answers += some.size();
      from = some.back().seq + 1;
    }
  }

  Expected<void> octets_of(const LogEntry& entry) {
    const auto where = "exchange " + std::to_string(entry.seq) + ", letter " + entry.envelope.hex();
    if (entry.kind == LogKind::Answered) {
      TRY(const auto row, tx_.find_inbox(entry.holder, entry.envelope));
      return compare(where, entry, row ? &row->answer : nullptr, entry.holder), Expected<void>();
    }
    TRY(const auto letter, tx_.find_letter(entry.envelope));
    if (entry.kind == LogKind::Settled) return compare(where, entry, letter ? &letter->answer : nullptr, letter ? letter->row.to : CentreId()), Expected<void>();
    if (!letter || crypto::digest(letter->row.bytes) != entry.octets) return fault(where, "the envelope is gone or was changed"), Expected<void>();
    return {};
  }

  void compare(const std::string& where, const LogEntry& entry, const Bytes* answer, const CentreId& by) {
    if (!answer || crypto::digest(*answer) != entry.octets) return fault(where, "the answer is gone or was changed");
    const auto signer = wire::answer_signer(*answer);
    const auto key = signer ? directory_.keys()(by, signer->key, signer->at) : std::nullopt;
    if (!key) return fault(where, "the directory doesn't name the key that signed the answer");
    if (const auto read = wire::read_answer(*answer, *key); !read || read->envelope != entry.envelope) fault(where, "the answer isn't " + by.text() + "'s");
  }

  Expected<void> cases() {
    for (CaseKey after;;) {
      TRY(const auto keys, tx_.case_keys(after, at_once));
      if (keys.empty()) return {};
      for (const auto& key : keys) {
        TRY(const auto record, tx_.find_case(key));
        if (record) one_case(*record);
      }
      after = keys.back();
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

  Transaction& tx_;
  const wire::Directory& directory_;
  LogCheck found_;
};

}  // namespace

Expected<LogCheck> check_log(Transaction& tx, const wire::Directory& directory) { return Checker(tx, directory).run(); }

}  // namespace tongban::server
