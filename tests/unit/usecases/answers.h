// What a centre of the town answers to a letter.
#pragma once

#include <doctest/doctest.h>

#include "tests/unit/usecases/town.h"

namespace tongban {

inline wire::Answer answer_of(const Town& town, const CentreId& by, const Expected<usecases::Effects>& effects) {
  REQUIRE(effects);
  return *wire::read_answer(effects->answer, town.directory.find(by, {0})->signing);
}

}  // namespace tongban
