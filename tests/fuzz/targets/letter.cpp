#include "shared/wire/envelope.h"
#include "tests/fuzz/fuzz.h"

FUZZ(input) {
  tongban::fuzzing::must_be_canonical(input, tongban::wire::decode_letter, [](const auto& value) { return tongban::wire::encode(value); });
  tongban::fuzzing::must_be_canonical(input, tongban::wire::decode_request, [](const auto& value) { return tongban::wire::encode(value); });
}
