// What each kind of letter does to the addressee's copy. Internal to shared/usecases: receive_mail chooses.
#pragma once

#include "shared/usecases/mail.h"
#include "shared/usecases/work.h"

namespace tongban::usecases {

/// The answer to give, and the changed copy, if any.
struct Taken {
  wire::Answer answer;  ///< kind, code, other, event; the rest is filled in by receive_mail
  std::optional<Work> work;
  std::optional<ClaimRow> claim;
};

Taken refused(const Error& error);
Taken later(const Error& error);
/// Octets that cannot be read: refused, but for a format newer than this node. That one waits at the sender, visibly, until
/// the node has been renewed: nodes of a city are renewed one after the other.
Taken unreadable(const Error& error);

/// Files to wait for: those that are not here, but for what the sender has lost as well, since nobody would ever send that.
std::vector<Digest> files_to_come(const wire::Letter& letter, const Ground& ground);
Taken lacking(std::vector<Digest> files);

/// B: receive_transfer. `work` is this centre's copy, if it has one.
Expected<Taken> receive_transfer(const wire::Letter& letter, std::optional<Work> work, const Ground& ground);
/// A: deliver_reply: B's events and receipts.
Expected<Taken> deliver_reply(const wire::Letter& letter, Work work, const Ground& ground);
/// A: the case comes back.
Expected<Taken> take_back(const wire::Letter& letter, Work work, const Ground& ground);
/// B: a resident's wish that reached A.
Expected<Taken> receive_request(const wire::Letter& letter, Work work);

/// B, restored from a backup: what the sender knows. `work` is this centre's copy, if the backup had it.
Expected<Taken> receive_recollection(const wire::Letter& letter, std::optional<Work> work, const Ground& ground);

/// The sender's own receipts (in a recollection anybody's) are kept to be printed. One that doesn't verify is left out, since the
/// events say the same; wire.version when one is newer than this node: the letter is to wait for its renewal.
Expected<void> keep_receipts(const wire::Letter& letter, Work& work, const Ground& ground);

/// The peer is known to have so many events. Once that is the receiving centre and they hold the decision, the case is
/// delivered; that event goes there, too.
Expected<void> known_to(Work& work, const CentreId& peer, std::uint32_t events);

/// The holder's own transfer_received that follows directly upon `events`, when this copy goes on from them.
std::optional<casework::Event> taking_event(const Work& work, const std::vector<casework::Event>& events);

}  // namespace tongban::usecases
