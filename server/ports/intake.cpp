#include "server/ports/intake.h"

namespace tongban::server {

Expected<usecases::IntakeState> known_of(CaseStore& store, const SubmissionId& id) {
  usecases::IntakeState state;
  TRY(const auto keys, store.find_submission(id));
  for (const auto& key : keys) {
    TRY(auto record, store.find_case(key));
    if (record) state.copies.push_back(std::move(*record));
  }
  TRY(state.claim, store.find_claim(id));
  return state;
}

}  // namespace tongban::server
