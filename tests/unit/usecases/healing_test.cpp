#include <doctest/doctest.h>

#include "shared/usecases/healing.h"

using namespace tongban;
using usecases::Healing;

namespace {

const NodeId a("a"), c("c");
const CentreId centre("310110019");

EnvelopeId letter(std::uint8_t number) {
  EnvelopeId id;
  id.octets[0] = number;
  return id;
}

wire::RecallPage page(std::vector<EnvelopeId> letters) {
  wire::RecallPage one;
  one.letters = std::move(letters);
  return one;
}

}  // namespace

TEST_CASE("a restored node has healed when all have answered and every letter that they named has come") {
  Healing healing({{a, centre}, {c, centre}});
  REQUIRE(healing.question());
  CHECK(healing.question()->to == a);
  auto first = page({letter(1)});
  first.more_after = wire::Bookmark{SubmissionId{{9}}, centre};
  healing.answered(first);
  CHECK(healing.question()->to == a);
  CHECK(healing.question()->after == *first.more_after);
  healing.answered(page({letter(2)}));
  CHECK(healing.question()->to == c);
  healing.answered(page({}));
  CHECK_FALSE(healing.question());
  CHECK_FALSE(healing.complete());
  CHECK(healing.came(letter(2)));
  CHECK_FALSE(healing.came(letter(2)));
  CHECK(healing.came(letter(1)));
  CHECK(healing.complete());
}

TEST_CASE("whoever doesn't answer is asked after the others, and what doesn't come is asked for once more") {
  Healing healing({{a, centre}, {c, centre}});
  healing.unanswered();
  CHECK(healing.question()->to == c);
  healing.answered(page({letter(1)}));
  healing.answered(page({}));
  CHECK_FALSE(healing.question());
  healing.ask_again();
  REQUIRE(healing.question());
  CHECK(healing.question()->to == c);
  CHECK(healing.question()->after == wire::Bookmark{});
}

TEST_CASE("only the pages whose letters don't come are asked for once more") {
  const auto place = [](std::uint8_t number) { return wire::Bookmark{SubmissionId{{number}}, centre}; };
  const auto with_more = [&](std::vector<EnvelopeId> letters, std::uint8_t after) {
    auto one = page(std::move(letters));
    one.more_after = place(after);
    return one;
  };
  Healing healing({{a, centre}});
  healing.answered(with_more({letter(1)}, 10));
  healing.answered(with_more({letter(2)}, 20));
  healing.answered(page({letter(3)}));
  CHECK(healing.came(letter(1)));
  CHECK(healing.came(letter(3)));
  healing.ask_again();
  CHECK(healing.open_questions() == 1);
  REQUIRE(healing.question());
  CHECK(healing.question()->after == place(10));

  // More has changed there meanwhile, so that the page ends earlier: its rest belongs to the question.
  healing.answered(with_more({letter(4)}, 15));
  REQUIRE(healing.question());
  CHECK(healing.question()->after == place(15));
  healing.answered(with_more({letter(5)}, 20));
  CHECK_FALSE(healing.question());
  CHECK(healing.came(letter(4)));
  CHECK(healing.came(letter(5)));
  CHECK(healing.complete());
}

TEST_CASE("a letter that a node has lost again is asked for once more, though that node has put off what is left to ask of it") {
  Healing healing({{a, centre}});
  auto first = page({letter(1)});
  first.more_after = wire::Bookmark{SubmissionId{{9}}, centre};
  healing.answered(first);
  CHECK_FALSE(healing.only_waits());
  wire::RecallPage later;
  later.later = true;
  healing.answered(later);
  CHECK(healing.only_waits());
  CHECK_FALSE(healing.can_tell());
  healing.ask_again();
  CHECK(healing.question()->after == wire::Bookmark{});
  CHECK(healing.can_tell());
}

TEST_CASE("two nodes that are restored at once wait for the others, and then tell one another") {
  Healing healing({{a, centre}, {c, centre}});
  wire::RecallPage later;
  later.later = true;
  healing.answered(later);
  CHECK(healing.question()->to == c);
  CHECK_FALSE(healing.can_tell());
  healing.answered(page({letter(1)}));
  CHECK_FALSE(healing.can_tell());
  CHECK(healing.came(letter(1)));
  CHECK(healing.can_tell());
  CHECK_FALSE(healing.complete());
  healing.answered(page({}));
  CHECK(healing.complete());
}
