#include "server/http/handlers/intake.h"

#include "server/ports/intake.h"
#include "shared/usecases/view_case.h"
#include "shared/wire/json/case_view.h"

namespace tongban::http {
namespace {

/// 35 bits a day are enough: a node that meets eight taken numbers in a row is broken.
constexpr std::uint32_t most_attempts = 8;

}  // namespace

Expected<usecases::Effects> take_in(server::Transaction& tx, const server::Footing& footing, const casework::Application& application,
                                    const AtWindow* window) {
  TRY(auto state, server::known_of(tx, application.submission_id));
  const auto ground = footing.ground();
  while (true) {
    TRY(auto effects, window ? usecases::begin_walk_in(application, window->chosen, window->actor, state, ground)
                             : usecases::receive_submission(application, state, ground));
    if (effects.created) {
      TRY(const auto taken, tx.find_number(effects.after->row.number));
      if (taken && ++state.number_attempt < most_attempts) continue;
    }
    TRY_VOID(tx.apply(effects.batch));
    // Who hands the same in again is shown how the case stands.
    const auto actor = window ? window->actor : casework::Actor{};
    if (!effects.created) TRY_VOID(tx.append_reading(server::reading(actor.name(), "case", effects.after->row.number.text(), ground.now)));
    return effects;
  }
}

Expected<std::optional<usecases::CaseRecord>> received_case(server::Transaction& tx, const SubmissionId& id) {
  TRY(const auto state, server::known_of(tx, id));
  const auto* copy = usecases::received_copy(state.copies);
  return copy ? std::optional(*copy) : std::nullopt;
}

Response taken_in(const usecases::Effects& effects, const casework::Actor& reader, const server::Footing& footing) {
  const auto ground = footing.ground();
  auto view = effects.created ? usecases::view_begun(effects, reader, ground) : usecases::view_case(*effects.after, reader, ground);
  if (!view) return failure(view.error());
  return json(effects.created ? 201 : 200, wire::json::write_submission_answer({std::move(*view), effects.receipt}));
}

}  // namespace tongban::http
