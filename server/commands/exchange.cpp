#include <iomanip>
#include <iostream>

#include "server/commands/commands.h"
#include "server/commands/store_access.h"
#include "server/node/log_check.h"
#include "server/node/prepare.h"
#include "server/platform/clock.h"

namespace tongban::server {
namespace {

struct ExchangeFlags : StoreFlags {
  std::string directory, letter;
  std::size_t limit = 50;
};

std::string_view kind_text(wire::LetterKind kind) {
  switch (kind) {
    case wire::LetterKind::Transfer: return "transfer";
    case wire::LetterKind::Progress: return "progress";
    case wire::LetterKind::GiveBack: return "give back";
    case wire::LetterKind::Request: return "request";
    case wire::LetterKind::Enquiry: return "enquiry";
    case wire::LetterKind::Claim: return "claim";
    case wire::LetterKind::Recollection: break;
  }
  return "recollection";
}

/// "3 d", "5 h", "12 min": as much as an operator needs.
std::string age_text(Instant since, Instant now) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(now - since).count();
  if (minutes >= 2 * 24 * 60) return std::to_string(minutes / (24 * 60)) + " d";
  return minutes >= 120 ? std::to_string(minutes / 60) + " h" : std::to_string(minutes) + " min";
}

int status(const ExchangeFlags& flags) {
  const auto now = platform::SystemClock{}.now();
  return read_from_store(flags, [&](Transaction& tx) -> Expected<void> {
    TRY(const auto waiting, tx.waiting_letters(now));
    TRY(const auto count, tx.count_letters());
    std::cout << count << " letters wait" << (waiting.oldest ? ", the oldest for " + age_text(*waiting.oldest, now) : "") << '\n';
    TRY(const auto letters, tx.letters_waiting(flags.limit));
    for (const auto& letter : letters)
      std::cout << "  " << letter.id.hex() << "  " << letter.number.text() << "  " << std::left << std::setw(12) << kind_text(letter.kind) << "  " << letter.from.text()
                << " -> " << letter.to.text() << "  " << age_text(letter.written_at, now) << ", tried " << letter.attempts << " times"
                << (letter.fault.empty() ? "" : ", " + letter.fault) << '\n';
    TRY(const auto gaps, tx.gaps(flags.limit));
    std::cout << gaps.size() << " lanes have a gap\n";
    for (const auto& gap : gaps)
      std::cout << "  " << gap.number.text() << "  " << gap.peer.text() << " -> " << gap.holder.text() << "  letter " << gap.missing << " is missing, letter "
                << gap.seen << " has come\n";
    return {};
  });
}

int custody(const ExchangeFlags& flags) {
  const auto now = platform::SystemClock{}.now();
  return read_from_store(flags, [&](Transaction& tx) -> Expected<void> {
    TRY(const auto rows, tx.in_custody(flags.limit));
    for (const auto& row : rows)
      std::cout << row.number.text() << "  in the hands of " << row.custodian.text() << " since " << to_rfc3339(row.custody_since) << " ("
                << age_text(row.custody_since, now) << ')' << (row.passing_to.empty() ? "" : ", on its way to " + row.passing_to.text()) << "  [copy of "
                << row.key.holder.text() << "]\n";
    if (rows.empty()) std::cout << "No case is open here.\n";
    return {};
  });
}

int resend(const ExchangeFlags& flags) {
  const auto id = EnvelopeId::from(flags.letter);
  bool waits = false;
  const int code = write_to_store(flags, [&](Transaction& tx) -> Expected<void> {
    if (!id) return {};
    TRY(waits, tx.hasten_letter(*id, platform::SystemClock{}.now()));
    return {};
  });
  if (code != 0) return code;
  if (waits) std::cout << "It is due now; a running node sends it within seconds.\n";
  else std::cerr << "tongban: no letter of that id waits; see: tongban exchange status\n";
  return waits ? 0 : 1;
}

int verify_log(const ExchangeFlags& flags) {
  const DataPaths paths(flags.data);
  const auto trust = Trust::open(paths.keys, flags.directory.empty() ? paths.directory : std::filesystem::path(flags.directory), platform::SystemClock{}.now());
  if (!trust) return fail(trust.error());
  LogCheck check;
  const int code = with_ledger(flags, [&](Ledger& ledger) -> Expected<void> {
    TRY(check, check_log(ledger, trust->directory));
    return {};
  });
  if (code != 0) return code;
  for (const auto& fault : check.faults) std::cout << fault << '\n';
  std::cout << check.readings << " readings, " << check.letters_and_answers << " letters and answers, " << check.cases << " copies of cases with "
            << check.events << " events and " << check.receipts << " receipts: "
            << (check.faults.empty() ? "all as they were written" : std::to_string(check.faults.size()) + " faults") << '\n';
  return check.faults.empty() ? 0 : 1;
}

}  // namespace

void add_exchange_commands(CLI::App& app, int& exit_code) {
  auto flags = std::make_shared<ExchangeFlags>();
  const auto command = [&](CLI::App& group, const char* name, const char* help, int (*run)(const ExchangeFlags&)) -> CLI::App& {
    auto& sub = *group.add_subcommand(name, help);
    add_store_options(sub, *flags);
    sub.callback([flags, run, &exit_code] { exit_code = run(*flags); });
    return sub;
  };
  auto& exchange = *app.add_subcommand("exchange", "What is on its way between centres");
  exchange.require_subcommand(1);
  command(exchange, "status", "Letters that wait, with their age and what came in their way; gaps", status)
      .add_option("--limit", flags->limit, "Lines of each list")->capture_default_str();
  command(exchange, "custody", "Whose hands each open case is in, since when; the longest first", custody)
      .add_option("--limit", flags->limit, "Lines")->capture_default_str();
  command(exchange, "resend", "Send a letter now instead of when its time comes", resend)
      .add_option("letter", flags->letter, "Its id, as status shows it")->required();
  auto& log = *app.add_subcommand("log", "What a node has written down for good");
  log.require_subcommand(1);
  command(log, "verify", "Check every digest and signature: readings, letters, answers, events, receipts", verify_log)
      .add_option("--directory", flags->directory, "The directory, when it lies elsewhere");
}

}  // namespace tongban::server
