#include "shared/usecases/act.h"

namespace tongban::usecases {

Expected<Effects> act(casework::Verb verb, const CaseRecord& record, const EventPayload& payload, const Actor& actor, const Ground& ground) {
  using casework::Verb;
  switch (verb) {
    case Verb::Receive: return receive_case(record, actor, ground);
    case Verb::Check: return check_form(record, payload, actor, ground);
    case Verb::Return: return return_case(record, payload, actor, ground);
    case Verb::Transfer: return transfer_case(record, payload, actor, ground);
    case Verb::Accept: return accept_case(record, payload, actor, ground);
    case Verb::NotOurs: return not_ours(record, payload, actor, ground);
    case Verb::Decide: return decide_case(record, payload, actor, ground);
    case Verb::Supplement: return supplement_case(record, payload, actor, ground);
    case Verb::Withdraw: return withdraw_case(record, payload, actor, ground);
    case Verb::Deliver: return deliver_case(record, actor, ground);
    case Verb::MoveOriginals: return move_originals(record, payload, actor, ground);
    case Verb::Read:
    case Verb::RenewAccess: break;
  }
  return casework::verb_errors::WrongState;
}

}  // namespace tongban::usecases
