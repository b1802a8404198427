#include "shared/wire/event.h"
#include "tests/fuzz/fuzz.h"

FUZZ(input) { tongban::fuzzing::must_be_canonical(input, tongban::wire::decode_event, [](const auto& value) { return tongban::wire::encode(value); }); }
