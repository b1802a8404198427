#include "server/http/handlers/own_cases.h"

#include <algorithm>

#include "server/http/errors.h"
#include "shared/casework/case_number.h"

namespace tongban::http {
namespace {

using casework::Role;

/// Of a case that the ended centre had sent to its successor there are two copies at one desk: the window goes on with the
/// one that was taken in, a reviewer with the one that came to be decided.
bool is_for(const usecases::CaseRecord& record, Role role) {
  const bool at_origin = record.row.received_by == record.row.key.holder;
  return at_origin == (role == Role::Window);
}

}  // namespace

std::vector<CentreId> centres_of(const SignedIn& who, const wire::Directory& directory, Instant at) {
  std::vector<CentreId> centres{who.account.centre};
  for (const auto& entry : directory.entries) {
    if (entry.successor.empty() || directory.find(entry.centre, at)) continue;
    const auto* now = directory.route(entry.centre, at);
    const bool taken_over = now && now->centre == who.account.centre;
    if (taken_over && std::find(centres.begin(), centres.end(), entry.centre) == centres.end()) centres.push_back(entry.centre);
  }
  return centres;
}

Expected<OwnCase> own_case(server::Transaction& tx, const SignedIn& who, const std::string& typed, const usecases::Ground& ground) {
  if (who.account.role == Role::CityOffice) return Error(errors::RoleForbidden);
  const auto number = casework::read_case_number(typed);
  if (!number) return Error(errors::CaseUnknown);
  std::optional<usecases::CaseRecord> found;
  for (const auto& centre : centres_of(who, ground.directory, ground.now)) {
    TRY(const auto key, tx.find_number(centre, *number));
    if (!key) continue;
    TRY(auto record, tx.find_case(*key));
    if (record && (!found || is_for(*record, who.account.role))) found = std::move(record);
  }
  if (!found) return Error(errors::CaseUnknown);
  casework::Actor actor = who.actor();
  actor.centre = found->row.key.holder;
  return OwnCase{std::move(*found), std::move(actor)};
}

}  // namespace tongban::http
