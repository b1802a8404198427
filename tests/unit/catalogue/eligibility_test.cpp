#include "shared/catalogue/eligibility.h"

#include <doctest/doctest.h>

#include "tests/unit/catalogue/sample.h"

using namespace tongban;
using namespace tongban::catalogue;

TEST_CASE("an unknown date never refuses; a known one does, by the day") {
  Item item;
  CHECK(in_force(item, day("2026-11-24")));
  item.effective_from = day("2026-11-25");
  CHECK(in_force(item, day("2026-11-24")).error().is(eligibility_errors::NotYetInForce));
  CHECK(in_force(item, day("2026-11-25")));
  item.effective_until = day("2026-11-30");
  CHECK(in_force(item, day("2026-11-30")));
  CHECK(in_force(item, day("2026-12-01")).error().is(eligibility_errors::NoLongerInForce));
}

TEST_CASE("an item for the registered only refuses who is known not to be, and nobody else") {
  const Item item = small_catalogue().items[0];
  const Date today = day("2026-11-24");
  CHECK(can_apply(item, {}, today));
  CHECK(can_apply(item, {true, false}, today));
  CHECK(can_apply(item, {false, false}, today).error().is(eligibility_errors::RegisteredOnly));
}

TEST_CASE("where the applicant must come in person, a delegate is refused") {
  const Item& archive = *real().catalogue.find(ItemId("i116"));
  CHECK(archive.delegation == Delegation::NotAccepted);
  CHECK(archive.questions.empty());
  CHECK(can_apply(archive, {std::nullopt, true}, day("2026-11-24")).error().is(eligibility_errors::DelegationNotAccepted));
  CHECK(can_apply(archive, {std::nullopt, false}, day("2026-11-24")));
}

TEST_CASE("支内回沪补助 is decided where the household is registered") {
  const Catalogue& c = real().catalogue;
  const Item& item = *c.find(ItemId("i109"));
  CHECK(item.mode == Mode::AcceptSeparate);
  CHECK(item.mode_evidence == Evidence::Described);
  const TownshipCode wujiaochang("310110009");
  const auto decider = deciding_centre(item, {wujiaochang, {}}, c);
  REQUIRE(decider);
  CHECK(c.find(*decider)->township == wujiaochang);
  const auto unknown = deciding_centre(item, {{}, wujiaochang}, c);
  CHECK(unknown.error().is(eligibility_errors::PlaceUnknown));
  CHECK(unknown.error().where == "registration");
}

TEST_CASE("a permit holder's child is decided for where the permit is, a registered one where the household is") {
  const Catalogue& c = real().catalogue;
  const Item& item = *c.find(ItemId("i161"));
  const TownshipCode here("310109010"), there("310110009");
  CHECK(deciding_centre(item, {here, there}, c)->text() == here.text());
  CHECK(deciding_centre(item, {{}, there}, c)->text() == there.text());
}

TEST_CASE("what isn't stated, or leads to a town without a known centre, is left to the window") {
  const Catalogue& c = real().catalogue;
  CHECK(deciding_centre(*c.find(ItemId("i171")), {TownshipCode("310109010"), {}}, c).error().is(eligibility_errors::DeciderNotStated));
  // Of 奉城镇 only a sub-centre for residence permits is known.
  CHECK(deciding_centre(*c.find(ItemId("i109")), {TownshipCode("310120102"), {}}, c).error().is(eligibility_errors::NoCentreThere));
  CHECK(centre_of(c, TownshipCode("310120102")) == nullptr);
}

TEST_CASE("the modes are as published: 17 stated, 7 described as separate, 12 reviewed at home, 152 unpublished") {
  int counts[4] = {};
  for (const Item& item : real().catalogue.items) ++counts[static_cast<int>(item.mode)];
  CHECK(counts[static_cast<int>(Mode::Direct)] == 17);
  CHECK(counts[static_cast<int>(Mode::AcceptSeparate)] == 7);
  CHECK(counts[static_cast<int>(Mode::OutsideReview)] == 12);
  CHECK(counts[static_cast<int>(Mode::Unpublished)] == 152);
}
