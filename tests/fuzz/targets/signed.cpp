// The formats that carry a signature: a stranger's octets are read before it can be checked.
#include "shared/crypto/key_list.h"
#include "shared/wire/directory.h"
#include "shared/wire/envelope.h"
#include "shared/wire/parcel.h"
#include "shared/wire/receipt.h"
#include "shared/wire/recall.h"
#include "tests/fakes/centre_keys.h"
#include "tests/fakes/small_catalogue.h"
#include "tests/fuzz/fuzz.h"

using namespace tongban;

FUZZ(input) {
  static const fakes::FixedCentreKeys keys({fakes::quyang, fakes::wujiaochang});
  static const wire::Directory directory = fakes::fixed_directory({fakes::quyang, fakes::wujiaochang});
  static const crypto::PublicKey key = directory.entries[0].signing;
  if (const auto envelope = wire::read_envelope(input)) {
    (void)wire::envelope_signed_by(input, key);
    (void)wire::open_letter(*envelope, keys);
  }
  if (wire::answer_signer(input)) (void)wire::read_answer(input, key);
  (void)wire::open_parcel(input, keys, directory.keys(), {1});
  if (wire::read_receipt(input)) (void)wire::verify_receipt(input, directory.keys());
  (void)wire::read_proof_text(as_text(input));
  (void)wire::read_recall(input, directory.keys(), {1});
  (void)wire::read_recall_page(input, input, directory.keys(), {1});
  (void)wire::verify_directory(input, {}, {1});
  (void)crypto::verify_key_list(input, key);
  (void)crypto::follow_root_changes(input, key);
}
