// What a scanner types at the window, and what comes out of it.
#include "shared/base/base45.h"
#include "shared/usecases/carry.h"
#include "shared/wire/carried.h"
#include "shared/wire/json/carried.h"
#include "tests/fuzz/fuzz.h"

using namespace tongban;

FUZZ(input) {
  static const std::vector<crypto::SealingKey> keys{crypto::SealingKey(crypto::Seed{7})};
  const auto octets = from_base45(as_text(input));
  if (octets) fuzzing::must(to_base45(*octets) == as_text(input), "one value has one text");
  fuzzing::must_be_canonical(input, wire::read_carried, [](const wire::Carried& carried) { return wire::encode(carried); });
  (void)usecases::open_carried(input, keys);
  (void)wire::json::read_carried(as_text(input));
  fuzzing::must_read_back(as_text(input), wire::json::read_opened_carried, wire::json::write_opened_carried);
  // Several lines, as a scanner ends each with Enter.
  wire::CodeSet set;
  for (auto rest = as_text(input); !rest.empty();) {
    const auto end = std::min(rest.find('\n'), rest.size());
    (void)set.add(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    fuzzing::must(!set.complete() || !set.octets().empty(), "a whole set holds something");
  }
}
