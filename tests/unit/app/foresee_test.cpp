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

}  // namespace tongban::app
