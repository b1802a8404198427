// A centre's key has become known and counts for nothing from one moment to the next, while letters are under way.
#include <doctest/doctest.h>

#include "tests/unit/usecases/answers.h"

using namespace tongban;
using wire::AnswerKind;
namespace errors = tongban::usecases::step_errors;

namespace {

struct TownWithNewKeys : Town {
  /// `tongban keys rotate --overlap-days 0`, known to everybody.
  void end_key_of(const CentreId& centre) {
    const auto at = std::find_if(directory.entries.rbegin(), directory.entries.rend(), [&](const auto& entry) { return entry.centre == centre; });
    clock.advance(std::chrono::minutes(1));
    wire::DirectoryEntry renewed = *at;
    at->valid_until = renewed.valid_from = clock.now();
    renewed.signing = office(centre).renew_signing_key(centre);
    directory.entries.push_back(renewed);
    clock.advance(std::chrono::minutes(1));
  }
  EnvelopeId begin_transfer() {
    check_at_a();
    (void)act(Verb::Transfer, window_a);
    return office_a.store().waiting()[0].id;
  }
  Expected<usecases::Effects> bring_to_b(const EnvelopeId& id) { return office_b.commit(office_b.receive(*office_a.octets_of(id))); }
};

}  // namespace

TEST_CASE_FIXTURE(TownWithNewKeys, "a transfer whose answer was lost is settled also when B's key was ended meanwhile") {
  const EnvelopeId id = begin_transfer();
  const auto lost = bring_to_b(id);
  REQUIRE(lost);
  end_key_of(b);
  CHECK(fails_with(office_a.settle(id, lost->answer), errors::UnknownSender));
  const auto again = bring_to_b(id);
  REQUIRE(again);
  CHECK(again->batch.empty());
  CHECK(office_a.settle(id, again->answer));
  CHECK(row(a).custodian == b);
  CHECK(row(a).last_event == row(b).last_event);
}

TEST_CASE_FIXTURE(TownWithNewKeys, "a letter that waited while its sender's key was ended is taken, signed with the new one") {
  const EnvelopeId id = begin_transfer();
  const Bytes written = office_a.store().letter(id).bytes;
  CHECK(*office_a.octets_of(id) == written);
  end_key_of(a);
  CHECK(fails_with(office_b.receive(written), errors::UnknownSender));
  const auto taken = bring_to_b(id);
  REQUIRE(taken);
  CHECK(office_a.settle(id, taken->answer));
  CHECK(row(a).custodian == b);
  CHECK(office_a.store().letter(id).bytes == written);
}

TEST_CASE_FIXTURE(TownWithNewKeys, "a letter that was taken, and is signed anew since its answer was lost, is the same letter") {
  const EnvelopeId id = begin_transfer();
  REQUIRE(bring_to_b(id));
  const auto events = row(b).event_count;
  end_key_of(a);
  const auto again = bring_to_b(id);
  REQUIRE(again);
  CHECK(again->batch.empty());
  CHECK(row(b).event_count == events);
  CHECK(office_a.settle(id, again->answer));
  CHECK(row(a).last_event == row(b).last_event);
}

TEST_CASE_FIXTURE(TownWithNewKeys, "one that was answered under the first key is settled under the third, on either side") {
  const EnvelopeId id = begin_transfer();
  REQUIRE(bring_to_b(id));
  for (const CentreId& centre : {a, b, a, b}) end_key_of(centre);
  const auto again = bring_to_b(id);
  REQUIRE(again);
  CHECK(office_a.settle(id, again->answer));
  CHECK(row(a).custodian == b);
}

TEST_CASE_FIXTURE(TownWithNewKeys, "other content under a known id is refused, also when it is signed with a new key") {
  const EnvelopeId id = begin_transfer();
  REQUIRE(bring_to_b(id));
  end_key_of(a);
  auto envelope = *wire::read_envelope(office_a.store().letter(id).bytes);
  const auto letter = *wire::open_letter(envelope, office_b.keys());
  const auto other = wire::write_envelope(id, letter, directory.find(b, clock.now())->sealing, office_a.keys(), random);
  CHECK(fails_with(office_b.receive(*other), errors::DigestDiffers));
}

TEST_CASE_FIXTURE(TownWithNewKeys, "a letter taken by an earlier release, which kept the digest of all octets, gets its answer again") {
  const EnvelopeId id = begin_transfer();
  const Bytes octets = *office_a.octets_of(id);
  const auto first = office_b.receive(octets);
  REQUIRE(first);
  usecases::Effects earlier = *first;
  earlier.batch.inbox[0].digest = crypto::digest(octets);
  REQUIRE(office_b.commit(earlier));
  const auto again = office_b.receive(octets);
  REQUIRE(again);
  CHECK(again->answer == first->answer);
}
