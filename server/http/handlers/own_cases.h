// Which copies somebody in staff works with: those of the own centre, and of centres that have ended and left their
// work to it. Whatever is another centre's business is simply not there.
#pragma once

#include <string>
#include <vector>

#include "server/http/handlers/common.h"
#include "shared/casework/view.h"

namespace tongban::http {

/// The own centre first.
std::vector<CentreId> centres_of(const SignedIn& who, const wire::Directory& directory, Instant at);

/// What lies on these lists of theirs, what changed last first, `most` of each list of each centre: of a case with two copies at one desk the
/// copy that own_case opens.
Expected<std::vector<casework::WorkRow>> own_work(server::Transaction& tx, const SignedIn& who, const std::vector<casework::WorkList>& lists,
                                                 const wire::Directory& directory, Instant at, std::size_t most);

/// A copy and who works with it: a centre that has ended goes on under its own name and keys, by its successor's people.
struct OwnCase {
  usecases::CaseRecord record;
  casework::Actor actor;
};

/// errors::RoleForbidden for the city office and supervisors, CaseUnknown.
Expected<OwnCase> own_case(server::Transaction& tx, const SignedIn& who, const std::string& typed, const usecases::Ground& ground);

}  // namespace tongban::http
