// Somebody on the line without a centre's key: forges envelopes and answers, mixes answers up, and plays a page that
// thanks for everything (a captive portal).
#pragma once

#include "tests/journeys/portal.h"
#include "tests/journeys/post.h"

namespace tongban::journeys {

void meddle(const std::vector<Office*>& offices, const Post& post, Portal& portal, World& world);

}  // namespace tongban::journeys
