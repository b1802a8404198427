#include "server/http/handlers/own_cases.h"

#include <algorithm>

#include "server/http/errors.h"
#include "shared/casework/case_number.h"
#include "shared/usecases/view_case.h"

namespace tongban::http {
namespace {

using casework::Role;

/// Of a case that the ended centre had sent to its successor there are two copies at one desk: the window goes on with the
/// one that was taken in, a reviewer with the one that came to be decided.
bool is_for(const usecases::CaseRow& row, Role role) {
  const bool at_origin = row.received_by == row.key.holder;
  return at_origin == (role == Role::Window);
}

/// Whether another of these centres has the copy that somebody in this role goes on with.
Expected<bool> has_other_copy(server::Transaction& tx, const usecases::CaseRow& row, const std::vector<CentreId>& centres, Role role) {
  if (is_for(row, role)) return false;
  for (const auto& centre : centres) {
    if (centre == row.key.holder) continue;
    TRY(const auto key, tx.find_number(centre, row.number));
    if (!key) continue;
    TRY(const auto other, tx.find_case(*key));
    if (other && is_for(other->row, role)) return true;
  }
  return false;
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

Expected<std::vector<casework::WorkRow>> own_work(server::Transaction& tx, const SignedIn& who, const std::vector<casework::WorkList>& lists,
                                                 const wire::Directory& directory, Instant at, std::size_t most) {
  const auto centres = centres_of(who, directory, at);
  std::vector<casework::WorkRow> rows;
  for (const auto list : lists)
    for (const auto& centre : centres) {
      TRY(const auto cases, tx.work_list(centre, list, most));
      for (const auto& row : cases) {
        TRY(const bool elsewhere, has_other_copy(tx, row, centres, who.account.role));
        if (!elsewhere) rows.push_back(usecases::work_row(row));
      }
    }
  // Each list of each centre is in order already; together they are only where there is more than one centre.
  if (centres.size() > 1) std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.changed_at > b.changed_at; });
  return rows;
}

Expected<OwnCase> own_case(server::Transaction& tx, const SignedIn& who, const std::string& typed, const usecases::Ground& ground) {
  if (who.account.role != Role::Window && who.account.role != Role::Reviewer) return Error(errors::RoleForbidden);
  const auto number = casework::read_case_number(typed);
  if (!number) return Error(errors::CaseUnknown);
  std::optional<usecases::CaseRecord> found;
  for (const auto& centre : centres_of(who, ground.directory, ground.now)) {
    TRY(const auto key, tx.find_number(centre, *number));
    if (!key) continue;
    TRY(auto record, tx.find_case(*key));
    if (record && (!found || is_for(record->row, who.account.role))) found = std::move(record);
  }
  if (!found) return Error(errors::CaseUnknown);
  casework::Actor actor = who.actor();
  actor.centre = found->row.key.holder;
  return OwnCase{std::move(*found), std::move(actor)};
}

}  // namespace tongban::http
