#include "shared/wire/application.h"
#include "tests/fuzz/fuzz.h"

FUZZ(input) { tongban::fuzzing::must_be_canonical(input, tongban::wire::decode_application, [](const auto& value) { return tongban::wire::encode(value); }); }
