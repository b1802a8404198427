// Screens that are tried out before anybody goes there.
#include <doctest/doctest.h>

#include "client/app/app.h"
#include "tests/fakes/seeded_random.h"
#include "tests/fakes/small_catalogue.h"

namespace tongban::app {

TEST_CASE("a screen is foreseen with its lists and its form, and nobody has gone there") {
  fakes::SeededRandom random(1);
  App app(random);
  app.lend(fakes::small_catalogue(), catalogue::Pinyin(), Instant{1772589600000});
  const Route here = app.model().route;

  CHECK(app.foresee(items()).items.rows.size() == app.model().shelf.catalogue->items.size());
  CHECK(app.foresee(items({.query = "no such thing"})).items.rows.empty());
  CHECK(!app.foresee(plain(Page::Centres)).centres.rows.empty());
  REQUIRE(app.foresee(item("s1")).item());
  REQUIRE(app.foresee(prepare("s1", Step::Form, {})).draft());

  CHECK(app.model().route == here);
  CHECK(app.model().items.rows.empty());
  CHECK(app.model().drafts.empty());
}

TEST_CASE("the room that the settings will tell is foreseen with every figure, whatever the day and the amount have") {
  fakes::SeededRandom random(1);
  const App app(random);
  const Model settings = app.foresee(plain(Page::Settings));
  REQUIRE(settings.storage_use);
  const std::string megabytes = std::to_string(settings.storage_use->octets >> 20);
  for (const char figure : std::string_view("0123456789")) CHECK(megabytes.find(figure) != std::string::npos);
}

}  // namespace tongban::app
