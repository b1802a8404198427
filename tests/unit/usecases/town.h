// A (曲阳路街道), B (五角场街道) and C (友谊路街道), each an office of its own, and a case on its way through them.
#pragma once

#include "shared/usecases/errors.h"
#include "shared/wire/errors.h"
#include "tests/fakes/office.h"
#include "tests/fakes/people.h"

namespace tongban {

using casework::Actor;
using casework::EventKind;
using casework::EventPayload;
using casework::Role;
using casework::Stage;
using casework::Verb;
using casework::Verdict;

struct Town {
  const CentreId a = fakes::quyang, b = fakes::wujiaochang, c = fakes::youyilu;
  catalogue::Catalogue catalogue = fakes::small_catalogue();
  wire::Directory directory = fakes::fixed_directory({a, b, c});
  fakes::ManualClock clock{from_shanghai(*parse_date("2026-11-24"), 600)};
  fakes::SeededRandom random{11};
  fakes::Office office_a{{a}, catalogue, directory, clock, random};
  fakes::Office office_b{{b}, catalogue, directory, clock, random};
  fakes::Office office_c{{c}, catalogue, directory, clock, random};
  casework::Application application = fakes::demo_application(ItemId("s1"), a, random);

  Actor resident{};
  Actor window_a{Role::Window, a, "window-a"}, reviewer_a{Role::Reviewer, a, "reviewer-a"};
  Actor reviewer_b{Role::Reviewer, b, "reviewer-b"}, window_b{Role::Window, b, "window-b"};
  Actor window_c{Role::Window, c, "window-c"};

  fakes::Office& office(const CentreId& centre) { return centre == a ? office_a : centre == b ? office_b : office_c; }
  usecases::CaseKey key(const CentreId& holder) const { return {holder, application.submission_id}; }
  usecases::CaseRow row(const CentreId& holder) { return office(holder).store().find(key(holder))->row; }
  Expected<usecases::Effects> act(Verb verb, const Actor& actor, EventPayload payload = {}) {
    const CentreId holder = actor.role == Role::Resident ? a : actor.centre;
    return office(holder).act(verb, key(holder), payload, actor);
  }

  /// Brings every waiting letter to its addressee until none waits; gives the number of letters.
  int post() {
    int letters = 0;
    for (bool moved = true; moved;) {
      moved = false;
      for (const CentreId& from : {a, b, c}) {
        for (const usecases::OutboxRow& letter : office(from).store().waiting()) {
          for (const casework::Digest& file : letter.attachments) office(letter.to).put_file(file);
          const auto effects = office(letter.to).commit(office(letter.to).receive(letter.bytes));
          if (!effects) continue;
          const auto answer = office(from).settle(letter.id, effects->answer);
          moved = moved || (answer && answer->is_final());
          letters += answer ? 1 : 0;
        }
      }
    }
    return letters;
  }

  static EventPayload verdicts(std::vector<casework::MaterialVerdict> list) {
    EventPayload payload;
    payload.verdicts = std::move(list);
    return payload;
  }
  static EventPayload all_fine() { return verdicts({{"m1", Verdict::Fine, ""}, {"m3", Verdict::Fine, ""}}); }
  static EventPayload decision() {
    EventPayload payload;
    payload.text = "准予补助";
    return payload;
  }
  static EventPayload reason(std::string text, CentreId to = {}) {
    EventPayload payload;
    payload.reason = std::move(text);
    payload.to = std::move(to);
    return payload;
  }
  static EventPayload supply(const std::string& material) {
    EventPayload payload;
    payload.materials = {{material, casework::MaterialWay::Bring, {}}};
    return payload;
  }

  /// Submitted, received, checked at A.
  void check_at_a() {
    (void)office_a.submit(application);
    (void)act(Verb::Receive, window_a);
    (void)act(Verb::Check, window_a, all_fine());
  }
  /// The same papers, brought to C's window as well, and checked there.
  bool check_at_c() { return office_c.walk_in(application, window_c) && act(Verb::Check, window_c, all_fine()); }
  /// Checked at A, and taken by B.
  void transfer_to_b() {
    check_at_a();
    (void)act(Verb::Transfer, window_a);
    post();
  }
};

template <typename T>
bool fails_with(const Expected<T>& result, const ErrorCode& code) {
  return !result && result.error().is(code);
}

}  // namespace tongban
