// A centre that lies: a letter of any content, well sealed and well signed by A, comes to B, which has a case of A's in
// hand. Whatever it says, B's rows still fit together afterwards, and the answer is one that A can read.
#include "shared/usecases/view_case.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/usecases/town.h"

using namespace tongban;

namespace {

// B has accepted the case that A has transferred.
const Town& before() {
  static const Town town = [] {
    Town one;
    one.transfer_to_b();
    (void)one.act(Verb::Accept, one.reviewer_b);
    one.post();
    return one;
  }();
  return town;
}

}  // namespace

FUZZ(input) {
  auto letter = wire::decode_letter(input);
  if (!letter) return;
  static const Town start = before();
  fakes::Office b = start.office_b;
  letter->from = start.a;
  letter->to = start.b;
  fakes::SeededRandom random(5);
  const auto* entry = start.directory.find(start.b, start.clock.now());
  const auto envelope = wire::write_envelope(ports::fresh<EnvelopeId>(random), *letter, entry->sealing, start.office_a.keys(), random);
  fuzzing::must(envelope.has_value(), "a letter can be written");
  for (const casework::Digest& file : wire::attachments_of(*letter)) b.put_file(file);
  const auto effects = b.receive(*envelope);
  if (!effects) return;
  b.store().commit(effects->batch);
  fuzzing::must(wire::answer_signer(effects->answer).has_value(), "an answer can be read");
  const casework::Actor reader{casework::Role::Reviewer, start.b, "reviewer-b"};
  for (const usecases::CaseRow& row : b.store().rows()) {
    fuzzing::must(usecases::view_case(*b.store().find(row.key), reader, b.ground()).has_value(), "a case can be opened");
  }
}
