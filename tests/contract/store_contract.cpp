// The contract of a store: the same sentences for every engine.
#include <doctest/doctest.h>

#include <atomic>
#include <latch>

#include "shared/wire/errors.h"
#include "tests/contract/rows.h"
#include "tests/contract/stores.h"

using namespace tongban;
using namespace tongban::tests;
using namespace tongban::usecases;
using casework::WorkList;

namespace {

/// A batch of rows of one kind.
template <typename Row>
Batch only(std::vector<Row> Batch::*kind, std::vector<Row> rows) {
  Batch batch;
  batch.*kind = std::move(rows);
  return batch;
}

/// A case's record needn't have them.
std::vector<OutboxRow> without_octets(std::vector<OutboxRow> letters) {
  for (auto& letter : letters) letter.bytes.clear();
  return letters;
}

}  // namespace

TEST_CASE("a case comes back as it was written, every field of it") {
  on_each_store([](server::Ledger& ledger) {
    const auto batch = whole_case(1);
    in(ledger, [&](server::Transaction& tx) { CHECK(tx.apply(batch)); });
    in(ledger, [&](server::Transaction& tx) {
      const auto found = tx.find_case(batch.cases[0].key);
      REQUIRE(found);
      REQUIRE(*found);
      CHECK((*found)->row == batch.cases[0]);
      CHECK((*found)->events == batch.events);
      CHECK((*found)->receipts == batch.receipts);
      CHECK((*found)->lanes == batch.lanes);
      CHECK(without_octets((*found)->outbox) == without_octets(batch.outbox));
      CHECK((*tx.find_letter(batch.outbox[0].id))->row == batch.outbox[0]);
    });
  });
}

TEST_CASE("a row that is written again replaces what changed, and the application stays") {
  on_each_store([](server::Ledger& ledger) {
    auto row = case_row(1);
    in(ledger, [&](server::Transaction& tx) { CHECK(tx.apply(only(&Batch::cases, {row}))); });
    row.stage = casework::Stage::Received;
    row.list = WorkList::InHand;
    row.due.reset();
    row.access.fill(77);
    row.event_count = 2;
    in(ledger, [&](server::Transaction& tx) { CHECK(tx.apply(only(&Batch::cases, {row}))); });
    in(ledger, [&](server::Transaction& tx) { CHECK((*tx.find_case(row.key))->row == row); });
  });
}

TEST_CASE("work that fails leaves nothing behind, and the next goes on") {
  on_each_store([](server::Ledger& ledger) {
    const auto failed = ledger.write_now([&](server::Transaction& tx) -> Expected<void> {
      TRY_VOID(tx.apply(whole_case(1)));
      return Error(wire::wire_errors::Malformed);
    });
    REQUIRE_FALSE(failed);
    CHECK(failed.error().is(wire::wire_errors::Malformed));
    in(ledger, [&](server::Transaction& tx) {
      CHECK_FALSE(tx.find_case(case_row(1).key)->has_value());
      CHECK(tx.apply(whole_case(1)));
    });
  });
}

TEST_CASE("an event, a receipt and an inbox row are never overwritten") {
  on_each_store([](server::Ledger& ledger) {
    in(ledger, [&](server::Transaction& tx) { CHECK(tx.apply(whole_case(1))); });
    const auto key = case_row(1).key;
    InboxRow mail;
    mail.holder = a;
    mail.from = b;
    mail.answer = {1};
    in(ledger, [&](server::Transaction& tx) { CHECK(tx.apply(only(&Batch::inbox, {mail}))); });
    const auto refuses = [&](const Batch& batch) {
      return !ledger.write_now([&](server::Transaction& tx) { return tx.apply(batch); });
    };
    CHECK(refuses(only(&Batch::events, {{key, 0, {9}}})));
    CHECK(refuses(only(&Batch::receipts, {{key, casework::ReceiptKind::Stored, Instant{6}, {9}}})));
    CHECK(refuses(only(&Batch::inbox, {mail})));
    in(ledger, [&](server::Transaction& tx) {
      CHECK((*tx.find_case(key))->events[0].bytes == Bytes{1, 2, 3});
      CHECK((*tx.find_inbox(a, mail.id))->answer == Bytes{1});
      CHECK_FALSE(tx.find_inbox(b, mail.id)->has_value());
    });
  });
}

TEST_CASE("a claim is found by its application, once and for good") {
  on_each_store([](server::Ledger& ledger) {
    const ClaimRow claim{case_row(1).key.submission, a, b, Instant{7}};
    in(ledger, [&](server::Transaction& tx) {
      CHECK_FALSE(tx.find_claim(claim.submission)->has_value());
      CHECK(tx.apply(only(&Batch::claims, {claim})));
    });
    auto another = claim;
    another.by = CentreId("310112006");
    CHECK_FALSE(ledger.write_now([&](server::Transaction& tx) { return tx.apply(only(&Batch::claims, {another})); }));
    in(ledger, [&](server::Transaction& tx) {
      CHECK(*tx.find_claim(claim.submission) == claim);
      CHECK_FALSE(tx.find_claim(case_row(2).key.submission)->has_value());
      CHECK(tx.find_submission(claim.submission)->empty());
    });
  });
}

TEST_CASE("a number leads to the receiving centre's copy, and each holder's own") {
  on_each_store([](server::Ledger& ledger) {
    auto at_b = case_row(1, b);
    in(ledger, [&](server::Transaction& tx) { CHECK(tx.apply(only(&Batch::cases, {case_row(1), at_b}))); });
    in(ledger, [&](server::Transaction& tx) {
      CHECK((*tx.find_number(at_b.number))->holder == a);
      CHECK((*tx.find_number(b, at_b.number))->holder == b);
      CHECK_FALSE(tx.find_number(CaseNumber("TB261124-9999999"))->has_value());
      CHECK(tx.find_submission(at_b.key.submission)->size() == 2);
    });
  });
}

TEST_CASE("of two cases of one number, taken in elsewhere, both are kept, and the one that is still to be done is found") {
  on_each_store([](server::Ledger& ledger) {
    auto one = case_row(1, b), two = case_row(2, b);
    two.number = one.number;
    for (const auto* row : {&one, &two}) in(ledger, [&](server::Transaction& tx) { CHECK(tx.apply(only(&Batch::cases, {*row}))); });
    for (auto* done : {&one, &two}) {
      done->list = casework::WorkList::Done;
      in(ledger, [&](server::Transaction& tx) { CHECK(tx.apply(only(&Batch::cases, {*done}))); });
      const auto& other = done == &one ? two : one;
      in(ledger, [&](server::Transaction& tx) {
        if (other.list != casework::WorkList::Done) CHECK(*tx.find_number(b, one.number) == other.key);
        CHECK(tx.find_number(b, one.number)->has_value());
        CHECK_FALSE(tx.find_number(one.number)->has_value());
      });
    }
  });
}

TEST_CASE("lists are a centre's own, the longest waiting first, what is done newest first") {
  on_each_store([](server::Ledger& ledger) {
    Batch batch;
    for (std::uint8_t n = 1; n <= 6; ++n) {
      batch.cases.push_back(case_row(n));
      batch.cases.back().list = n <= 3 ? WorkList::InHand : WorkList::Done;
    }
    batch.cases.push_back(case_row(7, b));
    in(ledger, [&](server::Transaction& tx) { CHECK(tx.apply(batch)); });
    in(ledger, [&](server::Transaction& tx) {
      const auto waiting = *tx.work_list(a, WorkList::InHand, 2);
      REQUIRE(waiting.size() == 2);
      CHECK(waiting[0].key.submission.octets[0] == 1);
      CHECK(waiting[0].application.empty());
      CHECK(tx.work_list(a, WorkList::Done, 9)->front().key.submission.octets[0] == 6);
      CHECK(tx.work_list(b, WorkList::InHand, 9)->empty());
      const auto counts = *tx.counts();
      REQUIRE(counts.size() == 3);
      CHECK(counts[0].cases == 3);
      CHECK(counts[0].oldest == Instant{1001});
    });
  });
}

TEST_CASE("a letter is due until it is settled, later after a failure, at once after a reminder") {
  on_each_store([](server::Ledger& ledger) {
    in(ledger, [&](server::Transaction& tx) {
      CHECK(tx.apply(whole_case(1)));
      CHECK(tx.apply(whole_case(2)));
    });
    auto settled = letter(2, case_row(2).key, Instant{2002});
    in(ledger, [&](server::Transaction& tx) {
      CHECK(tx.due_letters(b, Instant{2000}, 9, {})->empty());
      const auto due = *tx.due_letters(b, Instant{3000}, 9, {});
      REQUIRE(due.size() == 2);
      CHECK(due[0].row == letter(1, case_row(1).key, Instant{2001}));
      CHECK(due[0].due_at == Instant{2001});
      CHECK(*tx.letters_by_addressee() == std::vector<std::pair<CentreId, std::uint64_t>>{{b, 2}});
      CHECK(tx.late_letters(Instant{2000})->empty());
      CHECK(*tx.late_letters(Instant{2001}) == std::vector<server::LateLetters>{{a, b, 1, Instant{2001}}});
      CHECK(*tx.late_letters(Instant{9000}) == std::vector<server::LateLetters>{{a, b, 2, Instant{2001}}});
      CHECK(tx.due_letters(b, Instant{3000}, 9, due[0].row.kind)->size() == 2);
      CHECK(tx.due_letters(b, Instant{3000}, 9, wire::LetterKind::Recollection)->empty());
      CHECK(tx.note_attempt({due[0].row.id, 1, Instant{9000}, "peer.unreachable"}));
      settled.state = OutboxState::Taken;
      settled.settled_at = Instant{3000};
      CHECK(tx.apply(only(&Batch::outbox, without_octets({settled}))));
    });
    in(ledger, [&](server::Transaction& tx) {
      CHECK(tx.due_letters(b, Instant{8999}, 9, {})->empty());
      const auto waiting = *tx.waiting_letters(Instant{3000});
      CHECK(*tx.count_letters() == 1);
      CHECK(*tx.letters_by_addressee() == std::vector<std::pair<CentreId, std::uint64_t>>{{b, 1}});
      CHECK(tx.late_letters(Instant{9000})->size() == 1);
      CHECK(waiting.oldest == Instant{2001});
      CHECK(waiting.next_due == Instant{9000});
      CHECK(waiting.due.empty());
      CHECK(tx.hasten(b, Instant{4000}));
      const auto due = *tx.due_letters(b, Instant{4000}, 9, {});
      REQUIRE(due.size() == 1);
      CHECK(due[0].attempts == 1);
      CHECK((*tx.find_letter(settled.id))->row == settled);
    });
  });
}

TEST_CASE("letters are told apart by whom they are for: those due, those put off, and reminders") {
  on_each_store([](server::Ledger& ledger) {
    const CentreId c("310112006"), d("310115001");
    const auto to = [](std::uint8_t n, const CentreId& centre) {
      auto row = letter(n, case_row(1).key, Instant{2000 + n});
      row.to = centre;
      return row;
    };
    in(ledger, [&](server::Transaction& tx) {
      const auto nothing = *tx.waiting_letters(Instant{3000});
      CHECK(nothing.due.empty());
      CHECK_FALSE(nothing.oldest);
      CHECK_FALSE(nothing.next_due);
      CHECK(tx.apply(whole_case(1)));
      CHECK(tx.apply(only(&Batch::outbox, {to(2, d), to(3, d), to(4, c), to(5, c)})));
      CHECK(tx.note_attempt({to(3, d).id, 1, Instant{8000}, "peer.unreachable"}));
      CHECK(tx.note_attempt({to(4, c).id, 1, Instant{9000}, "peer.unreachable"}));
      CHECK(tx.note_attempt({to(5, c).id, 1, Instant{9500}, "peer.unreachable"}));
    });
    in(ledger, [&](server::Transaction& tx) {
      const auto waiting = *tx.waiting_letters(Instant{3000});
      CHECK(waiting.due == std::vector{b, d});
      CHECK(waiting.oldest == Instant{2001});
      CHECK(waiting.next_due == Instant{8000});
      CHECK(tx.due_letters(c, Instant{3000}, 9, {})->empty());
      CHECK(tx.due_letters(d, Instant{9000}, 1, {})->size() == 1);
      const auto due = *tx.due_letters(d, Instant{9000}, 9, {});
      REQUIRE(due.size() == 2);
      CHECK(due[0].row == to(2, d));
      CHECK(due[1].row == to(3, d));
      CHECK(tx.hasten(c, Instant{4000}));
      CHECK(tx.waiting_letters(Instant{4000})->due == std::vector{b, c, d});
      CHECK(tx.waiting_letters(Instant{4000})->next_due == Instant{8000});
      CHECK(tx.due_letters(c, Instant{4000}, 9, {})->size() == 2);
    });
  });
}

TEST_CASE("letters and their answers stay, and stand in a chain in which none can be changed or left out unnoticed") {
  on_each_store([](server::Ledger& ledger) {
    const auto sent = letter(1, case_row(1).key, Instant{2001});
    const Bytes answer{7, 7, 7};
    in(ledger, [&](server::Transaction& tx) { CHECK(tx.apply(whole_case(1))); });
    in(ledger, [&](server::Transaction& tx) {
      auto settled = sent;
      settled.state = OutboxState::Taken;
      CHECK(tx.apply(only(&Batch::outbox, {settled})));
      CHECK(tx.keep_answer(sent.id, answer, Instant{3000}));
      CHECK(tx.keep_answer(sent.id, Bytes{8}, Instant{4000}));
    });
    in(ledger, [&](server::Transaction& tx) {
      const auto kept = *tx.find_letter(sent.id);
      REQUIRE(kept);
      CHECK(kept->row.bytes == sent.bytes);
      CHECK(kept->answer == answer);
      const auto log = *tx.exchange_log(1, 9);
      REQUIRE(log.size() >= 2);
      CHECK(log.front().kind == server::LogKind::Sent);
      CHECK(log.front().octets == crypto::digest(sent.bytes));
      CHECK(log.back().kind == server::LogKind::Settled);
      CHECK(log.back().octets == crypto::digest(answer));
      for (std::size_t i = 0; i < log.size(); ++i) {
        CHECK(log[i].seq == i + 1);
        CHECK(log[i].digest == server::log_digest(log[i]));
        if (i > 0) CHECK(log[i].previous == log[i - 1].digest);
      }
      CHECK(tx.exchange_log(2, 9)->size() == log.size() - 1);
    });
  });
}

TEST_CASE("an operator sees what waits, what is missing and whose hands a case is in, and can remind") {
  on_each_store([](server::Ledger& ledger) {
    const auto waits = letter(1, case_row(1).key, Instant{2001});
    in(ledger, [&](server::Transaction& tx) {
      CHECK(tx.apply(whole_case(1)));
      CHECK(tx.apply(whole_case(2)));
      CHECK(tx.note_attempt({waits.id, 3, Instant{9000}, "peer.unreachable"}));
      LaneRow lane;
      lane.key = case_row(2).key;
      lane.peer = b;
      lane.taken = 4;
      lane.gap = 6;
      CHECK(tx.apply(only(&Batch::lanes, {lane})));
    });
    in(ledger, [&](server::Transaction& tx) {
      const auto letters = *tx.letters_waiting(9);
      REQUIRE(letters.size() == 2);
      CHECK(letters[0].id == waits.id);
      CHECK(letters[0].number == case_row(1).number);
      CHECK(letters[0].to == waits.to);
      CHECK(letters[0].attempts == 3);
      CHECK(letters[0].fault == "peer.unreachable");
      const auto gaps = *tx.gaps(9);
      const auto ours = std::find_if(gaps.begin(), gaps.end(), [](const auto& gap) { return gap.seen == 6; });
      REQUIRE(ours != gaps.end());
      CHECK(ours->missing == 4);
      CHECK(ours->peer == b);
      CHECK(tx.in_custody(1)->size() == 1);
      const auto since = [&](Instant when, const CaseKey& after = {}, server::LookThrough most = {9, 9}) { return *tx.cases_since(when, b, after, most); };
      const auto shared = since(Instant{0});
      REQUIRE(shared.keys.size() == 2);
      CHECK_FALSE(shared.more_after);
      CHECK(since(Instant{0}, {}, {1, 9}).more_after == shared.keys[0]);
      CHECK(since(Instant{0}, shared.keys[0]).keys == std::vector{shared.keys[1]});
      CHECK(since(Instant{9'999'999}).keys.empty());
      CHECK(since(Instant{9'999'999}, {}, {9, 1}).more_after == shared.keys[0]);
      auto taken = waits;
      taken.state = OutboxState::Taken;
      taken.settled_at = Instant{9'999'999};
      CHECK(tx.apply(only(&Batch::outbox, {taken})));
      CHECK(since(Instant{9'999'999}).keys == std::vector{case_row(1).key});
      InboxRow mail;
      mail.holder = case_row(2).key.holder;
      mail.id.octets[0] = 7;
      mail.from = b;
      mail.submission = case_row(2).key.submission;
      mail.at = Instant{9'999'999};
      CHECK(tx.apply(only(&Batch::inbox, {mail})));
      CHECK(since(Instant{9'999'999}).keys.size() == 2);
      CHECK(tx.apply(only(&Batch::outbox, {waits})));
      CHECK(tx.case_keys({}, 9)->size() == 2);
      CHECK(tx.case_keys(tx.case_keys({}, 1)->front(), 9)->size() == 1);
      CHECK(*tx.hasten_letter(waits.id, Instant{3000}));
      CHECK_FALSE(*tx.hasten_letter(EnvelopeId{}, Instant{3000}));
      CHECK(*tx.waits_beyond(Instant{2999}));
      CHECK_FALSE(*tx.waits_beyond(Instant{3000}));
      CHECK(tx.hasten_beyond(Instant{2999}, Instant{2500}));
      CHECK_FALSE(*tx.waits_beyond(Instant{2500}));
      const auto due = *tx.due_letters(b, Instant{3000}, 9, {});
      CHECK(std::any_of(due.begin(), due.end(), [&](const auto& one) { return one.row.id == waits.id; }));
    });
  });
}

TEST_CASE("accounts and sign-ins are kept, ended one by one, or all of an account") {
  on_each_store([](server::Ledger& ledger) {
    server::StaffAccount account;
    account.account = StaffId("quyang-window");
    account.name = "曲阳路窗口（演示）";
    account.role = server::Role::Window;
    account.centre = a;
    account.password_hash = "$argon2id$…";
    account.created = Instant{1};
    const auto session = [&](std::uint8_t n) {
      server::StaffSession one;
      one.token.fill(n);
      one.account = account.account;
      one.csrf = "token";
      one.created = Instant{1};
      one.expires = Instant{100};
      return one;
    };
    in(ledger, [&](server::Transaction& tx) {
      CHECK(tx.put_account(account));
      for (std::uint8_t n = 1; n <= 3; ++n) CHECK(tx.put_session(session(n)));
    });
    account.locked = true;
    in(ledger, [&](server::Transaction& tx) {
      CHECK(tx.put_account(account));
      CHECK((*tx.find_account(account.account))->locked);
      CHECK((*tx.find_account(account.account))->name == account.name);
      CHECK(tx.accounts()->size() == 1);
      CHECK((*tx.find_session(session(1).token))->csrf == "token");
      CHECK(tx.end_session(session(1).token));
      CHECK_FALSE(tx.find_session(session(1).token)->has_value());
      CHECK(tx.end_expired_sessions(Instant{99}));
      CHECK(tx.find_session(session(2).token)->has_value());
      CHECK(tx.end_sessions(account.account, Instant{50}));
      CHECK_FALSE(tx.find_session(session(2).token)->has_value());
    });
  });
}

TEST_CASE("sign-ins that have expired are ended, whoever's they are, and no others") {
  on_each_store([](server::Ledger& ledger) {
    const auto session = [&](std::uint8_t n, const char* account, Instant expires) {
      server::StaffSession one;
      one.token.fill(n);
      one.account = StaffId(account);
      one.expires = expires;
      return one;
    };
    in(ledger, [&](server::Transaction& tx) {
      for (const char* name : {"quyang-window", "quyang-reviewer"}) {
        server::StaffAccount account;
        account.account = StaffId(name);
        CHECK(tx.put_account(account));
      }
      CHECK(tx.put_session(session(1, "quyang-window", Instant{99})));
      CHECK(tx.put_session(session(2, "quyang-reviewer", Instant{100})));
      CHECK(tx.put_session(session(3, "quyang-window", Instant{101})));
    });
    in(ledger, [&](server::Transaction& tx) { CHECK(tx.end_expired_sessions(Instant{100})); });
    in(ledger, [&](server::Transaction& tx) {
      CHECK_FALSE(tx.find_session(session(1, "", {}).token)->has_value());
      CHECK_FALSE(tx.find_session(session(2, "", {}).token)->has_value());
      CHECK(tx.find_session(session(3, "", {}).token)->has_value());
    });
  });
}

TEST_CASE("readings are chained, so that none can be taken out unnoticed") {
  on_each_store([](server::Ledger& ledger) {
    for (int i = 0; i < 3; ++i)
      in(ledger, [&](server::Transaction& tx) {
        server::Reading reading;
        reading.at = Instant{i};
        reading.actor = "quyang-window";
        reading.what = "case";
        reading.record = "TB261124-0000001";
        CHECK(tx.append_reading(reading));
      });
    in(ledger, [&](server::Transaction& tx) {
      const auto readings = *tx.readings(1, 10);
      REQUIRE(readings.size() == 3);
      CHECK(readings[0].previous == crypto::Digest{});
      for (std::size_t i = 0; i < 3; ++i) {
        CHECK(readings[i].seq == i + 1);
        CHECK(readings[i].digest == server::reading_digest(readings[i]));
        if (i > 0) CHECK(readings[i].previous == readings[i - 1].digest);
      }
      CHECK(tx.readings(3, 10)->size() == 1);
    });
  });
}

TEST_CASE("texts are ordered and told apart by their octets, whatever they hold") {
  on_each_store([](server::Ledger& ledger) {
    const std::vector<std::string> in_order{"B", "a'\"$1?", "a_", "b", "é", "中"};
    in(ledger, [&](server::Transaction& tx) {
      for (auto name = in_order.rbegin(); name != in_order.rend(); ++name) {
        server::StaffAccount account;
        account.account = StaffId(*name);
        account.name = *name;
        CHECK(tx.put_account(account));
      }
    });
    in(ledger, [&](server::Transaction& tx) {
      const auto accounts = *tx.accounts();
      std::vector<std::string> found;
      for (const auto& account : accounts) found.push_back(account.name);
      CHECK(found == in_order);
      CHECK_FALSE(tx.find_account(StaffId("A_"))->has_value());
    });
  });
}

TEST_CASE("what belongs to a case needs the case") {
  on_each_store([](server::Ledger& ledger) {
    auto batch = whole_case(1);
    batch.cases.clear();
    CHECK_FALSE(ledger.write_now([&](server::Transaction& tx) { return tx.apply(batch); }));
    in(ledger, [&](server::Transaction& tx) { CHECK(*tx.count_letters() == 0); });
  });
}

TEST_CASE("pieces that wait together are committed together, and one that fails spoils no other") {
  on_each_store([](server::Ledger& ledger) {
    constexpr std::uint8_t pieces = 100;
    std::atomic<int> good{0}, bad{0};
    std::latch answered(pieces);
    for (std::uint8_t n = 1; n <= pieces; ++n)
      ledger.write(
          [n](server::Transaction& tx) -> Expected<void> {
            TRY_VOID(tx.apply(whole_case(n)));
            if (n % 10 == 0) return Error(wire::wire_errors::Malformed);
            return {};
          },
          [&](const Expected<void>& done) {
            ++(done ? good : bad);
            answered.count_down();
          });
    // What is committed may be seen before whoever asked for it is told.
    answered.wait();
    in(ledger, [](server::Transaction& tx) { CHECK(tx.work_list(a, WorkList::ToReceive, 1000)->size() == 90); });
    CHECK(good == 90);
    CHECK(bad == 10);
  });
}
