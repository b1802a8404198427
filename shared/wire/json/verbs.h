// The bodies of the verbs: POST …/cases/<number>/<verb>. Each verb reads only its own members of a payload.
//
//   receive, deliver, renew_access      {}
//   check       {"verdicts":[{"material":"m1","verdict":"fine"|"missing","reason":"…"}]}
//   return      {"verdicts":[…missing only…],"due":"2026-12-01","text":"…"}      due and text may be left out
//   transfer    {"to":"310110009","reason":"…"}                                  both may be left out: by rule
//   accept      {"outside_body":"…","reason":"…"}                                both may be left out
//   not_ours    {"to":"…","reason":"…"}                                          to may be left out
//   decide      {"outcome":"granted"|"refused","text":"…"}
//   supplement  {"materials":[…as in an application…],"text":"…"}                also POST /api/v1/cases/<number>/supplements
//   withdraw    {"reason":"…"}                                                   also POST /api/v1/cases/<number>/withdrawal
//   move_originals {"to":"…","text":"…"}
#pragma once

#include <string>
#include <string_view>

#include "shared/base/expected.h"
#include "shared/casework/model.h"
#include "shared/casework/verbs.h"

namespace tongban::wire::json {

std::string write_verb_body(casework::Verb verb, const casework::EventPayload& payload);
/// An empty text counts as {}.
Expected<casework::EventPayload> read_verb_body(casework::Verb verb, std::string_view text);

}  // namespace tongban::wire::json
