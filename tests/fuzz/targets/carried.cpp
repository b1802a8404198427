// What a scanner types at the window, and what comes out of it.
#include "shared/base/base45.h"
#include "shared/usecases/carry.h"
#include "shared/wire/carried.h"
#include "shared/wire/json/carried.h"
#include "tests/fuzz/fuzz.h"

using namespace tongban;

namespace {

/// Several lines, as a scanner ends each with Enter.
void scan(std::string_view lines) {
  wire::CodeSet set;
  while (!lines.empty()) {
    const auto end = std::min(lines.find('\n'), lines.size());
    (void)set.add(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
    fuzzing::must(!set.complete() || !set.octets().empty(), "a whole set holds something");
  }
}

}  // namespace

FUZZ(input) {
  static const std::vector<crypto::SealingKey> keys{crypto::SealingKey(crypto::Seed{7})};
  const std::uint8_t which = fuzzing::choice(input);
  const std::string_view text = as_text(input);
  switch (which % 5) {
    case 0: return scan(text);
    case 1: return fuzzing::must_read_back(text, wire::json::read_opened_carried, wire::json::write_opened_carried);
    case 2: return (void)wire::json::read_carried(text);
    case 3:
      if (const auto octets = from_base45(text)) fuzzing::must(to_base45(*octets) == text, "one value has one text");
      return;
    default: break;
  }
  fuzzing::must_be_canonical(input, wire::read_carried, [](const wire::Carried& carried) { return wire::encode(carried); });
  (void)usecases::open_carried(input, keys);
}
