#include "shared/catalogue/situation.h"

#include <doctest/doctest.h>

#include "tests/unit/catalogue/sample.h"

using namespace tongban;
using namespace tongban::catalogue;

namespace {

std::vector<std::string> keys(const std::vector<const Material*>& materials) {
  std::vector<std::string> list;
  for (const Material* material : materials) list.push_back(material->key);
  return list;
}
using Keys = std::vector<std::string>;

}  // namespace

// m1 always; m2 for a delegate; m3 for an applicant without a card, or for a delegate.
TEST_CASE("answers leave exactly the papers of the circumstances that hold") {
  const Catalogue c = small_catalogue();
  const Item& item = c.items[0];
  CHECK(keys(needed_materials(item, {{"who", "self"}, {"card", "has"}}).needed) == Keys{"m1"});
  CHECK(keys(needed_materials(item, {{"who", "self"}, {"card", "none"}}).needed) == Keys{"m1", "m3"});
  CHECK(keys(needed_materials(item, {{"who", "delegate"}, {"card", "has"}}).needed) == Keys{"m1", "m2", "m3"});
}

TEST_CASE("an unanswered question leaves open only what it can still change") {
  const Catalogue c = small_catalogue();
  const Item& item = c.items[0];
  const Checklist nothing = needed_materials(item, {});
  CHECK(keys(nothing.needed) == Keys{"m1"});
  CHECK(keys(nothing.undecided) == Keys{"m2", "m3"});
  CHECK(nothing.unanswered.size() == 2);
  CHECK_FALSE(nothing.complete());
  const Checklist delegate = needed_materials(item, {{"who", "delegate"}});
  CHECK(keys(delegate.needed) == Keys{"m1", "m2", "m3"});
  CHECK(delegate.undecided.empty());
  const Checklist self = needed_materials(item, {{"who", "self"}});
  CHECK(keys(self.not_needed) == Keys{"m2"});
  CHECK(keys(self.undecided) == Keys{"m3"});
}

TEST_CASE("a paper says which answers made it needed") {
  const Catalogue c = small_catalogue();
  const Item& item = c.items[0];
  const auto reasons = reasons_for(item, item.materials[2], {{"who", "self"}, {"card", "none"}});
  REQUIRE(reasons.size() == 2);
  CHECK(reasons[0].answer->text == "没有");
  CHECK(reasons_for(item, item.materials[0], {{"who", "self"}}).empty());
  CHECK(reasons_for(item, item.materials[1], {{"who", "self"}}).empty());
}

TEST_CASE("foreign questions and answers, and a question left open, are told apart") {
  const Catalogue c = small_catalogue();
  const Item& item = c.items[0];
  CHECK(check_answers(item, {{"who", "self"}, {"card", "has"}}));
  CHECK(check_answers(item, {{"age", "old"}}).error().is(situation_errors::UnknownQuestion));
  CHECK(check_answers(item, {{"who", "neighbour"}, {"card", "has"}}).error().is(situation_errors::UnknownAnswer));
  const auto open = check_answers(item, {{"who", "self"}});
  CHECK(open.error().is(situation_errors::Unanswered));
  CHECK(open.error().where == "card");
  CHECK(check_answers(item, usual_answers(item)));
}
