#include "server/exchange/courier.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "server/exchange/alarm.h"
#include "server/exchange/postbox.h"
#include "shared/usecases/errors.h"
#include "shared/usecases/mail.h"
#include "shared/wire/parcel.h"

namespace tongban::exchange {
namespace {

constexpr std::chrono::seconds between_counts{5};
/// A count goes through every letter that waits, and the ledger does nothing else meanwhile: so long, times this, until the next.
constexpr int share_of_counts = 200;
constexpr std::chrono::milliseconds longest_pause = std::chrono::minutes(15);
/// While something waits: `tongban exchange resend` works on the store alone, and is to be noticed.
constexpr std::chrono::milliseconds longest_rest{5'000};
/// After a look that failed.
constexpr std::chrono::milliseconds look_once_more{1'000};
constexpr std::chrono::hours between_alarms{1};
constexpr std::size_t most_gaps = 1'000;

constexpr ErrorCode NoRoute{"courier.no_route", "目录里没有收件中心。", "The addressee is not in the directory."};
constexpr ErrorCode FileDamaged{"courier.file_damaged", "要附的文件在磁盘上损坏了。", "A file that belongs to the letter is damaged on the disk."};
constexpr ErrorCode PeerRefused{"courier.peer_refused", "对方节点没有收下。", "The peer did not take it."};
constexpr ErrorCode FileGone{"courier.file_gone", "要附的文件不见了。", "A file that belongs to the letter is gone."};

Expected<Bytes> read_whole(const std::string& path, const crypto::Digest& digest) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error(FileGone);
  Bytes octets{std::istreambuf_iterator<char>(in), {}};
  if (crypto::digest(octets) != digest) return Error(FileDamaged);
  return octets;
}

Expected<Bytes> octets_of(const Expected<PeerAnswer>& answer) {
  if (!answer) return answer.error();
  if (answer->status != 200) return Error(PeerRefused, {}, "HTTP " + std::to_string(answer->status));
  return answer->body;
}

/// A node that is being restored sends reminders only.
enum class Which : std::uint8_t { All, Reminders };

Expected<std::vector<server::DueLetter>> due_reminders(server::Transaction& tx, const CentreId& to, Instant now, std::size_t most) {
  TRY(auto letters, tx.due_letters(to, now, most, wire::LetterKind::Recollection));
  TRY(auto claims, tx.due_letters(to, now, most - letters.size(), wire::LetterKind::Claim));
  std::move(claims.begin(), claims.end(), std::back_inserter(letters));
  return letters;
}

/// As many to each centre as there is room for, besides those that are under way, which are due as well.
Expected<std::vector<server::DueLetter>> letters_for(const std::vector<CentreId>& centres, server::Transaction& tx, Instant now, Shares shares,
                                                     Which which) {
  std::vector<server::DueLetter> letters;
  for (const auto& to : centres) {
    const auto room = shares.room(to), under_way = shares.under_way(to);
    if (room == 0) continue;
    const auto most = under_way + room;
    TRY(auto due, which == Which::Reminders ? due_reminders(tx, to, now, most) : tx.due_letters(to, now, most, std::nullopt));
    shares.begun(to, due.size() - std::min(due.size(), under_way));
    letters.insert(letters.end(), std::make_move_iterator(due.begin()), std::make_move_iterator(due.end()));
  }
  return letters;
}

/// Of its lane: the addressee holds the letter until it has them.
Expected<void> hasten_those_before(const usecases::OutboxRow& letter, server::Transaction& tx, Instant now) {
  TRY(const auto record, tx.find_case(letter.key));
  if (!record) return {};
  for (const auto& row : record->outbox)
    if (row.to == letter.to && row.state == usecases::OutboxState::Waiting && row.seq < letter.seq && wire::is_in_order(row.kind)) TRY_VOID(tx.hasten_letter(row.id, now));
  return {};
}

}  // namespace

std::chrono::milliseconds pause_after(std::uint32_t failures, double chance) {
  const auto doubled = std::chrono::milliseconds(1000) * (1LL << std::min<std::uint32_t>(failures > 0 ? failures - 1 : 0, 12));
  const auto pause = std::min<std::chrono::milliseconds>(doubled, longest_pause);
  return pause - std::chrono::milliseconds(static_cast<std::int64_t>(static_cast<double>(pause.count()) * 0.5 * chance));
}

Courier::Courier(boost::asio::io_context& io, server::Node& node, tls::Context tls)
    : node_(node), peers_(io, std::move(tls)), timer_(io), parcels_(node.most_parcels) {}

double Courier::oldest_age() const {
  return waiting_.oldest ? static_cast<double>((node_.clock.now() - *waiting_.oldest).count()) / 1000.0 : 0;
}

bool Courier::late() const { return is_late(waiting_.oldest, node_.clock.now(), node_.catalogue->calendar); }

void Courier::sound_alarm() {
  const auto now = node_.clock.now();
  const bool just_sounded = last_alarm_ <= now && now - last_alarm_ < between_alarms;   // not by a clock that was ahead
  if (!late() || just_sounded) return;
  last_alarm_ = now;
  node_.letters_late(count_);
}

void Courier::wake() {
  if (stopped_) return;
  if (looking_) {
    look_again_ = true;
    return;
  }
  looking_ = true;
  const auto now = node_.clock.now();
  const bool counts = std::chrono::steady_clock::now() >= next_count_;
  server::read<Found>(
      node_.ledger,
      [now, counts, which = node_.healing ? Which::Reminders : Which::All, shares = shares_](server::Transaction& tx) -> Expected<Found> {
        Found found;
        TRY(found.waiting, tx.waiting_letters(now));
        TRY(found.letters, letters_for(found.waiting.due, tx, now, shares, which));
        if (counts) TRY_VOID(count(tx, now, found));
        return found;
      },
      [this](Expected<Found> found) { take_stock(std::move(found)); });
}

void Courier::take(std::vector<usecases::OutboxRow> letters) {
  for (auto& row : letters) {
    if (row.state != usecases::OutboxState::Waiting || !has_nothing_for(row.to)) continue;
    const auto written_at = row.created_at;
    begin({std::move(row), 0, written_at});
  }
  wake();
}

/// As far as the last look knows and none is under way: else what is older would be overtaken.
bool Courier::has_nothing_for(const CentreId& to) const {
  const auto& due = waiting_.due;
  return !stopped_ && !looking_ && !node_.healing && shares_.under_way(to) == 0 && std::find(due.begin(), due.end(), to) == due.end();
}

Expected<void> Courier::count(server::Transaction& tx, Instant now, Found& found) {
  const auto begun = std::chrono::steady_clock::now();
  TRY(found.by_addressee, tx.letters_by_addressee());
  TRY(found.beyond_all_pauses, tx.waits_beyond(now + longest_pause));
  TRY(const auto gaps, tx.gaps(most_gaps));
  found.gaps = gaps.size();
  found.count_took = std::chrono::ceil<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
  return {};
}

void Courier::take_stock(Expected<Found> found) {
  looking_ = false;
  if (stopped_) return;
  if (!found) return look_in(look_once_more);
  waiting_ = found->waiting;
  auto letters = std::move(found->letters);
  take_count(std::move(*found));
  for (auto& letter : letters) begin(std::move(letter));
  if (std::exchange(look_again_, false)) return wake();
  timer_.cancel();
  sound_alarm();
  if (!waiting_.oldest) return;
  const auto until_due = waiting_.next_due ? *waiting_.next_due - node_.clock.now() : longest_rest;
  look_in(std::clamp(until_due, std::chrono::milliseconds(1), longest_rest));
}

void Courier::take_count(Found found) {
  if (found.beyond_all_pauses) call_back();
  if (found.by_addressee) {
    next_count_ = std::chrono::steady_clock::now() + std::max<std::chrono::milliseconds>(between_counts, share_of_counts * found.count_took);
    by_addressee_ = std::move(*found.by_addressee);
    gaps_ = found.gaps;
    count_ = 0;
    for (const auto& [centre, letters] : by_addressee_) count_ += letters;
  }
  // Between two counts as many as then, but for the first and the last.
  if (waiting_.oldest) {
    count_ = std::max<std::uint64_t>(count_, 1);
  } else {
    count_ = 0;
    by_addressee_.clear();
  }
}

/// The clock was ahead when their pause was reckoned, and would keep them as long as it was wrong.
void Courier::call_back() {
  const auto now = node_.clock.now();
  node_.ledger.write([now](server::Transaction& tx) { return tx.hasten_beyond(now + longest_pause, now); }, [this](const Expected<void>&) { wake(); });
}

std::map<std::string, std::uint64_t> Courier::waiting_by_node() const {
  std::map<std::string, std::uint64_t> letters;
  for (const auto& [centre, count] : by_addressee_) {
    const auto* entry = route(centre);
    letters[entry ? entry->node.text() : "none"] += count;
  }
  return letters;
}

void Courier::look_in(std::chrono::milliseconds time) {
  timer_.expires_after(time);
  timer_.async_wait([this](boost::system::error_code stopped) {
    if (!stopped) wake();
  });
}

void Courier::begin(server::DueLetter letter) {
  const auto& to = letter.row.to;
  if (waits_for_its_time(letter)) return;
  if (shares_.room(to) == 0 || !under_way_.insert({letter.row.key, to}).second) return;
  shares_.begun(to);
  send({std::move(letter)});
}

/// As an attempt says that the store doesn't know of. A letter that the store has made due since then is due: by hand, or as its
/// addressee was heard of.
bool Courier::waits_for_its_time(server::DueLetter& letter) {
  const auto found = unnoted_.find(letter.row.id);
  if (found == unnoted_.end()) return false;
  auto& unnoted = found->second;
  letter.attempts = std::max(letter.attempts, unnoted.attempt.attempts);
  const auto now = node_.clock.now();
  const bool clock_was_ahead = unnoted.attempt.next_at > now + longest_pause;
  if (letter.due_at > unnoted.ended_at || unnoted.attempt.next_at <= now || clock_was_ahead) return false;
  if (now - unnoted.ended_at >= look_once_more && !unnoted.on_its_way) note_again(unnoted);
  return true;
}

void Courier::note_again(Unnoted& unnoted) {
  unnoted.on_its_way = true;
  node_.ledger.write([attempt = unnoted.attempt](server::Transaction& tx) { return tx.note_attempt(attempt); },
                     [this, id = unnoted.attempt.id, attempts = unnoted.attempt.attempts](const Expected<void>& noted) {
                       const auto found = unnoted_.find(id);
                       if (found == unnoted_.end() || found->second.attempt.attempts != attempts) return;
                       if (noted) unnoted_.erase(found);
                       else found->second.on_its_way = false;
                     });
}

/// Of a centre that has ended the copies and keys are where it was served last, until somebody moves them to its successor's node:
/// where that is another one, each has its turn.
const wire::DirectoryEntry* Courier::route(const CentreId& to, std::uint32_t attempts) const {
  const auto now = node_.clock.now();
  const auto* own = node_.directory->find_last(to, now);
  const auto* heir = node_.directory->route(to, now);
  const bool elsewhere = own && heir && own->node != heir->node;
  return !heir || (elsewhere && attempts % 2 == 0) ? own : heir;
}

void Courier::send(Sending letter) {
  const auto* entry = route(letter.row.to, letter.attempts);
  if (!entry) return try_again(std::move(letter), NoRoute);
  auto envelope = usecases::envelope_to_send(letter.row, node_.footing().ground());
  if (!envelope) return try_again(std::move(letter), envelope.error());
  if (entry->node == node_.id)
    return take_envelope(node_, std::nullopt, std::move(*envelope), [this, letter = std::move(letter)](Expected<Bytes> answer) { answered(letter, std::move(answer)); });
  peers_.post({entry->node, entry->address}, "/exchange/v1/envelopes", std::move(*envelope),
              [this, letter = std::move(letter)](const Expected<PeerAnswer>& answer) {
                called(letter.row.to, answer.has_value());
                answered(letter, octets_of(answer));
              });
}

void Courier::called(const CentreId& to, bool answered) {
  shares_.heard(to, answered);
  if (!answered) there_.erase(to);
}

/// Only the first letter from whoever had been away, or had to hear others first: else each would undo the pauses of all that it
/// cannot take yet.
void Courier::heard_of(const CentreId& from) {
  if (stopped_ || !there_.insert(from).second) return;
  node_.ledger.write([from, now = node_.clock.now()](server::Transaction& tx) { return tx.hasten(from, now); },
                     [this, from](const Expected<void>& hastened) {
                       if (!hastened) there_.erase(from);
                       wake();
                     });
}

void Courier::answered(Sending letter, Expected<Bytes> answer) {
  if (stopped_) return;
  if (!answer) return try_again(std::move(letter), answer.error());
  // Beside the ledger and one at a time, as the postbox does.
  node_.in_turn.run([this, letter = std::move(letter), bytes = std::move(*answer)]() mutable { settle(std::move(letter), std::move(bytes)); });
}

void Courier::settle(Sending letter, Bytes answer) {
  if (stopped_) return;
  const auto footing = node_.footing();
  const auto verified = usecases::verify_answer(letter.row, answer, footing.ground());
  if (!verified) return try_again(std::move(letter), verified.error());
  server::write<wire::Answer>(
      node_.ledger,
      [letter, bytes = std::move(answer), footing, said = *verified](server::Transaction& tx) -> Expected<wire::Answer> {
        const auto ground = footing.ground();
        if (said.kind == wire::AnswerKind::Held) TRY_VOID(hasten_those_before(letter.row, tx, ground.now));
        if (!said.is_final()) return said;
        // The same letter again gets the same answer, when this node knows what that means.
        if (footing.healing) return Error(usecases::step_errors::Healing);
        TRY(const auto record, tx.find_case(letter.row.key));
        if (!record) return Error(FileGone, "case");
        TRY(const auto effects, usecases::settle_mail(letter.row, said, *record, ground));
        TRY_VOID(tx.apply(effects.batch));
        TRY_VOID(tx.keep_answer(letter.row.id, bytes, ground.now));
        return said;
      },
      [this, letter](Expected<wire::Answer> said) { judged(letter, std::move(said)); });
}

void Courier::judged(Sending letter, Expected<wire::Answer> answer) {
  if (stopped_) return;
  if (!answer) return try_again(std::move(letter), answer.error());
  if (answer->is_final()) {
    if (usecases::contradicts(letter.row.kind, *answer)) node_.copies_differ(letter.row.id, letter.row.to, answer->code);
    unnoted_.erase(letter.row.id);
    return ended(letter);
  }
  if (answer->code == usecases::step_errors::Healing.name) there_.erase(letter.row.to);
  // Who lacks them still was sent something else, or can't keep it: that is for later.
  if (answer->kind == wire::AnswerKind::Lacking && !letter.supplied) return send_files(std::move(letter), std::move(answer->lacking));
  try_again(std::move(letter), Error(PeerRefused, {}, answer->code));
}

// One file after the other, then the letter once more. Only what the letter names is ever sent, and not what it calls lost.
void Courier::send_files(Sending letter, std::vector<crypto::Digest> digests) {
  if (stopped_) return;
  if (digests.empty()) {
    letter.supplied = true;
    return send(std::move(letter));
  }
  const auto digest = digests.back();
  digests.pop_back();
  const auto& named = letter.row.attachments;
  const bool is_named = std::find(named.begin(), named.end(), digest) != named.end();
  const auto stored = is_named ? node_.attachments.find(digest) : std::nullopt;
  const auto* entry = route(letter.row.to, letter.attempts);
  // Sealed as the letter was: to the centre itself, also when it has ended and somebody else's node answers for it.
  const auto* addressee = node_.directory->find_last(letter.row.to, node_.clock.now());
  if (!entry || !addressee) return try_again(std::move(letter), NoRoute);
  if (!is_named) return try_again(std::move(letter), FileGone);
  if (!stored) return write_off(std::move(letter), FileGone);
  const Parcel parcel{digest, stored->path, {entry->node, entry->address}, addressee->sealing};
  const CentreId to = letter.row.to;  // the letter itself goes on with the work
  parcels_.wait(to, [this, parcel, letter = std::move(letter), digests = std::move(digests)]() mutable {
    send_parcel(parcel, std::move(letter), std::move(digests));
  });
}

void Courier::send_parcel(const Parcel& parcel, Sending letter, std::vector<crypto::Digest> others) {
  node_.slow.run([this, parcel, letter = std::move(letter), others = std::move(others), keys = node_.keys] {
    auto file = read_whole(parcel.path, parcel.digest);
    // Put aside, it is one that letters call lost.
    const bool aside = !file && file.error().is(FileDamaged) && node_.attachments.check(parcel.digest) == server::Condition::Damaged;
    auto sealed = file ? wire::write_parcel({letter.row.key.holder, letter.row.to, std::move(*file)}, parcel.sealing, *keys, node_.random)
                       : Expected<Bytes>(file.error());
    node_.network.run([this, parcel, letter, others, aside, sealed = std::move(sealed)]() mutable {
      if (stopped_) return;
      if (!sealed) {
        parcels_.ended(letter.row.to);
        if (!aside) return try_again(std::move(letter), sealed.error());
        node_.material_damaged(parcel.digest);
        return write_off(std::move(letter), sealed.error());
      }
      peers_.post(parcel.peer, "/exchange/v1/parcels", std::move(*sealed), [this, letter, others](const Expected<PeerAnswer>& answer) {
        if (stopped_) return;
        parcels_.ended(letter.row.to);
        called(letter.row.to, answer.has_value());
        const auto taken = octets_of(answer);
        if (!taken) return try_again(letter, taken.error());
        send_files(letter, others);
      });
    });
  });
}

/// The case goes on without what is on no disk any more: new letters say so.
void Courier::write_off(Sending letter, const Error& why) {
  server::write<bool>(
      node_.ledger,
      [letter, footing = node_.footing()](server::Transaction& tx) -> Expected<bool> {
        TRY(const auto record, tx.find_case(letter.row.key));
        if (!record) return Error(FileGone, "case");
        TRY(const auto effects, usecases::write_off_files(letter.row, *record, footing.ground()));
        TRY_VOID(tx.apply(effects.batch));
        return !effects.batch.empty();
      },
      [this, letter, why](const Expected<bool>& written) {
        if (stopped_) return;
        if (!written || !*written) return try_again(letter, written ? why : written.error());
        unnoted_.erase(letter.row.id);
        ended(letter);
      });
}

void Courier::try_again(server::DueLetter letter, const Error& why) {
  if (stopped_) return;
  const double chance = ports::fresh<std::array<std::uint8_t, 1>>(node_.random)[0] / 255.0;
  const auto now = node_.clock.now();
  server::Attempt attempt{letter.row.id, letter.attempts + 1, now + pause_after(letter.attempts + 1, chance), why.code->name};
  node_.ledger.write([attempt](server::Transaction& tx) { return tx.note_attempt(attempt); },
                     [this, letter = std::move(letter), attempt, now](const Expected<void>& noted) {
                       if (noted) unnoted_.erase(attempt.id);
                       else unnoted_[attempt.id] = {attempt, now};
                       ended(letter);
                     });
}

void Courier::ended(const server::DueLetter& letter) {
  under_way_.erase({letter.row.key, letter.row.to});
  shares_.ended(letter.row.to);
  // A look reads those that are under way once more: with a full share it waits until half of it has come back.
  if (shares_.under_way(letter.row.to) <= Shares::to_one / 2) wake();
}

void Courier::stop() {
  stopped_ = true;
  timer_.cancel();
  parcels_.forget();
  peers_.close();
}

}  // namespace tongban::exchange
