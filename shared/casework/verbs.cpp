#include "shared/casework/verbs.h"

#include <algorithm>
#include <array>

namespace tongban::casework {
namespace {

// exchange.md, "Who may do what". The supervisor sees workload and the city office counts: no verb on a case.
bool role_may(Role role, Verb verb) {
  switch (verb) {
    case Verb::Read: return role == Role::Resident || role == Role::Window || role == Role::Reviewer;
    case Verb::Supplement:
    case Verb::Withdraw: return role == Role::Resident || role == Role::Window;
    case Verb::Return: return role == Role::Window || role == Role::Reviewer;
    case Verb::Receive:
    case Verb::Check:
    case Verb::Transfer:
    case Verb::Deliver:
    case Verb::MoveOriginals:
    case Verb::RenewAccess: return role == Role::Window;
    case Verb::Accept:
    case Verb::NotOurs:
    case Verb::Decide: return role == Role::Reviewer;
  }
  return false;
}

bool one_of(Stage stage, std::initializer_list<Stage> stages) { return std::find(stages.begin(), stages.end(), stage) != stages.end(); }

bool stage_allows(Verb verb, Role role, const CentreId& holder, const CaseFile& file) {
  const bool at_origin = holder == file.received_by;
  const Stage stage = file.stage;
  switch (verb) {
    case Verb::Receive: return stage == Stage::Submitted;
    case Verb::Check: return at_origin && one_of(stage, {Stage::Received, Stage::Checked, Stage::Misdirected});
    case Verb::Return:
      if (role == Role::Window) return at_origin && one_of(stage, {Stage::Received, Stage::Checked, Stage::Misdirected});
      return one_of(stage, {Stage::Received, Stage::Checked, Stage::Misdirected, Stage::AtDecider, Stage::Accepted});
    case Verb::Transfer: return at_origin && one_of(stage, {Stage::Checked, Stage::Misdirected});
    case Verb::Accept: return one_of(stage, {Stage::Checked, Stage::Misdirected, Stage::AtDecider});
    case Verb::NotOurs: return !at_origin && stage == Stage::AtDecider;
    case Verb::Decide: return stage == Stage::Accepted;
    case Verb::Deliver: return at_origin && stage == Stage::Decided;
    default: return true;
  }
}

const ErrorCode& why_not(Verb verb, Stage stage) {
  if (stage == Stage::Returned && verb != Verb::Return) return verb_errors::ResidentOwes;
  if (stage == Stage::Received && (verb == Verb::Transfer || verb == Verb::Accept)) return verb_errors::NotChecked;
  return verb_errors::WrongState;
}

Expected<void> check_custody(const CentreId& holder, const CaseFile& file) {
  if (file.custodian != holder) return verb_errors::OtherCentre;
  if (file.passing()) return verb_errors::Passing;
  return {};
}

// What a resident sends goes to A, wherever the case is; A passes it on as a request (exchange.md, "The case file").
bool travels_as_request(Verb verb, const CentreId& holder, const CaseFile& file) {
  return (verb == Verb::Supplement || verb == Verb::Withdraw) && holder == file.received_by;
}

}  // namespace

Expected<void> allowed(Verb verb, const Actor& actor, const CentreId& holder, const CaseFile& file) {
  if (!role_may(actor.role, verb)) return verb_errors::Role;
  if (actor.role != Role::Resident && actor.centre != holder) return verb_errors::OtherCentre;
  if (verb == Verb::Read) return {};
  if (verb == Verb::RenewAccess) {
    if (holder != file.received_by) return verb_errors::OtherCentre;
    return {};
  }
  const bool may_be_closed = verb == Verb::Deliver || verb == Verb::MoveOriginals;
  if (file.closed() && !may_be_closed) return verb_errors::Closed;
  if (travels_as_request(verb, holder, file)) return {};
  TRY_VOID(check_custody(holder, file));
  if (!stage_allows(verb, actor.role, holder, file)) return why_not(verb, file.stage);
  return {};
}

std::vector<Verb> allowed_verbs(const Actor& actor, const CentreId& holder, const CaseFile& file) {
  std::vector<Verb> verbs;
  for (int value = 0; value <= static_cast<int>(Verb::RenewAccess); ++value) {
    const auto verb = static_cast<Verb>(value);
    if (allowed(verb, actor, holder, file)) verbs.push_back(verb);
  }
  return verbs;
}

WorkList list_of(const CentreId& holder, const CentreId& received_by, const CentreId& custodian, const CentreId& passing_to,
                 Stage stage) {
  if (one_of(stage, {Stage::Decided, Stage::Delivered, Stage::Withdrawn, Stage::Duplicate})) return WorkList::Done;
  const bool here = custodian == holder;
  if (!here) return holder == received_by ? WorkList::Travelling : WorkList::Done;
  if (!passing_to.empty()) return WorkList::Travelling;
  switch (stage) {
    case Stage::Submitted: return WorkList::ToReceive;
    case Stage::Returned: return WorkList::Returned;
    case Stage::AtDecider:
    case Stage::Accepted: return WorkList::ToReview;
    default: return WorkList::InHand;
  }
}

}  // namespace tongban::casework
