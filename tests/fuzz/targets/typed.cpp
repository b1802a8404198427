// What people type, scan or paste.
#include "shared/base/id.h"
#include "shared/base/time.h"
#include "shared/casework/access.h"
#include "shared/casework/case_number.h"
#include "shared/casework/identity.h"
#include "shared/casework/mobile.h"
#include "shared/casework/person_name.h"
#include "shared/casework/view.h"
#include "shared/catalogue/search.h"
#include "shared/wire/receipt.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/catalogue/sample.h"

using namespace tongban;

namespace {

void look_for(std::string_view text) {
  static const catalogue::Catalogue catalogue = catalogue::small_catalogue();
  static const catalogue::SearchIndex index(catalogue, catalogue::Pinyin());
  (void)index.search(text);
  (void)index.search_centres(text);
}

}  // namespace

FUZZ(input) {
  static const Date today = *parse_date("2026-11-24");
  const std::uint8_t which = fuzzing::choice(input);
  const std::string_view text = as_text(input);
  if (which % 8 == 0) return look_for(text);
  if (const auto number = casework::read_case_number(text)) {
    fuzzing::must(casework::read_case_number(number->text()) == number, "a case number stays as it is");
  }
  if (const auto name = casework::read_name(text)) (void)casework::masked(*name);
  if (const auto secret = casework::read_access_text(text)) {
    fuzzing::must(casework::access_text(*secret) == text, "a secret has one text");
  }
  if (const auto date = parse_date(text)) fuzzing::must(to_text(*date) == text, "a day has one text");
  if (const auto octets = from_base64url(text)) fuzzing::must(to_base64url(*octets) == text, "base64url has one text");
  (void)casework::read_identity(text, today);
  (void)casework::read_mobile(text);
  (void)parse_rfc3339(text);
  (void)from_hex(text);
  (void)wire::read_proof_text(text);
}
