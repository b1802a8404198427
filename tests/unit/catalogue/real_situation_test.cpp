// The situations of the real guides: a table of what people answer and what they must bring, and what must hold of all.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "shared/catalogue/situation.h"
#include "tests/unit/catalogue/sample.h"

using namespace tongban;
using namespace tongban::catalogue;

namespace {

const Item& item(const char* id) { return *real().catalogue.find(ItemId(id)); }

/// Keys of what is needed, joined by spaces.
std::string needed(const char* id, const Answers& answers) {
  std::string keys;
  REQUIRE(check_answers(item(id), answers));
  for (const Material* material : needed_materials(item(id), answers).needed) keys += (keys.empty() ? "" : " ") + material->key;
  return keys;
}

template <typename Visit>
void each_combination(const Item& of, Visit visit) {
  std::vector<std::size_t> chosen(of.questions.size());
  for (;;) {
    visit(chosen);
    std::size_t i = 0;
    while (i < chosen.size() && ++chosen[i] == of.questions[i].answers.size()) chosen[i++] = 0;
    if (i == chosen.size()) return;
  }
}

/// Need, worked out again and differently: by the indices, without the code under test.
bool holds(const Material& material, const std::vector<std::size_t>& chosen) {
  if (material.when.empty()) return true;
  return std::any_of(material.when.begin(), material.when.end(), [&](const Circumstance& circumstance) {
    return std::all_of(circumstance.begin(), circumstance.end(), [&](const Clause& clause) {
      return std::count(clause.answers.begin(), clause.answers.end(), chosen[clause.question]) > 0;
    });
  });
}

}  // namespace

TEST_CASE("for every item, every combination of answers leaves exactly the papers whose condition holds") {
  for (const Item& one : real().catalogue.items) {
    each_combination(one, [&](const std::vector<std::size_t>& chosen) {
      Answers answers;
      for (std::size_t i = 0; i < chosen.size(); ++i) answers[one.questions[i].key] = one.questions[i].answers[chosen[i]].key;
      const Checklist list = needed_materials(one, answers);
      CHECK(list.complete());
      CHECK(list.undecided.empty());
      std::vector<const Material*> expected;
      for (const Material& material : one.materials)
        if (holds(material, chosen)) expected.push_back(&material);
      CHECK(list.needed == expected);
      CHECK(list.needed.size() + list.not_needed.size() == one.materials.size());
    });
  }
}

TEST_CASE("every paper of every item is needed by somebody, and every question changes something") {
  for (const Item& one : real().catalogue.items) {
    CAPTURE(one.id.text());
    std::set<const Material*> seen;
    std::set<std::vector<bool>> lists;
    each_combination(one, [&](const std::vector<std::size_t>& chosen) {
      for (const Material& material : one.materials)
        if (holds(material, chosen)) seen.insert(&material);
    });
    CHECK(seen.size() == one.materials.size());
    for (std::size_t q = 0; q < one.questions.size(); ++q) {
      bool used = false;
      for (const Material& material : one.materials)
        for (const Circumstance& circumstance : material.when)
          for (const Clause& clause : circumstance) used = used || clause.question == q;
      CHECK(used);
    }
  }
}

TEST_CASE("who comes is asked once, in every item that asks it") {
  for (const Item& one : real().catalogue.items) {
    const auto who = std::count_if(one.questions.begin(), one.questions.end(), [](const Question& q) { return q.key == "who"; });
    CHECK(who <= 1);
    if (one.delegation == Delegation::NotAccepted) CHECK(who == 0);
  }
}

TEST_CASE("居住证: the applicant, a close relative, a child with the guardian, or the guardian alone") {
  CHECK(needed("i059", {{"who", "self"}}) == "m1 m2");
  CHECK(needed("i059", {{"who", "kin"}}) == "m1 m2 m3 m4");
  CHECK(needed("i059", {{"who", "minor"}}) == "m1 m2 m5");
  CHECK(needed("i059", {{"who", "guardian"}}) == "m1 m2 m5 m6");
  CHECK(needed("i056", {{"who", "self"}, {"address", "different"}}) == "m1 m2 m3 m4");
}

TEST_CASE("医保: without a card the identity card and the 医保卡, a child without either the household book") {
  CHECK(needed("i081", {{"who", "self"}, {"card", "has"}, {"identity", "has"}}) == "m2");
  CHECK(needed("i081", {{"who", "self"}, {"card", "none"}, {"identity", "has"}}) == "m1 m3");
  CHECK(needed("i081", {{"who", "self"}, {"card", "none"}, {"identity", "none"}}) == "m3 m4");
  CHECK(needed("i081", {{"who", "delegate"}, {"card", "has"}, {"identity", "has"}}) == "m2 m5");
}

TEST_CASE("支内回沪补助: only the spouse proves the marriage") {
  CHECK(needed("i109", {{"whose", "main"}}) == "m1 m2 m3 m4 m5 m6");
  CHECK(needed("i109", {{"whose", "spouse"}}) == "m1 m2 m3 m4 m5 m6 m7");
}

TEST_CASE("残疾人证: a delegate's papers and a guardian's are independent of one another") {
  CHECK(needed("i145", {{"who", "self"}, {"ward", "adult"}}) == "m1 m2 m7 m8");
  CHECK(needed("i145", {{"who", "delegate"}, {"ward", "adult"}}) == "m1 m2 m3 m4 m7 m8");
  CHECK(needed("i145", {{"who", "delegate"}, {"ward", "ward"}}) == "m1 m2 m3 m4 m5 m6 m7 m8");
}

TEST_CASE("where no question decides, the words of the guide stand as a note") {
  for (const char* id : {"i024", "i027", "i033", "i036", "i051", "i084", "i092"}) {
    const auto& list = item(id).materials;
    CHECK(std::any_of(list.begin(), list.end(), [](const Material& m) { return !m.note.empty() && m.when.empty(); }));
  }
  CHECK(item("i116").materials[0].note == "本人到场，不接受委托");
}
