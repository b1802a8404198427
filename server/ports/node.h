// The node as handlers and courier see it: what they share, wired once by server/node and outliving them all.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "server/ports/attachments.h"
#include "server/ports/ledger.h"
#include "server/ports/owed_readings.h"
#include "server/ports/threads.h"
#include "shared/crypto/seal.h"
#include "shared/ports/clock.h"
#include "shared/usecases/ground.h"
#include "shared/usecases/records.h"

namespace tongban::server {

struct Node;

/// The node that brings something, as its certificate names it; nobody on a plain line, where only signatures count.
using Caller = std::optional<NodeId>;
/// Takes octets from another node and gives the answer to send back; on the network thread.
using TakeOctets = std::function<void(Caller, Bytes, std::function<void(Expected<Bytes>)>)>;

/// Catalogue, directory and keys as they were when a request began: a step on the ledger's thread stands on these, also
/// when the network thread puts newer ones in their place meanwhile.
struct Footing {
  const Node* node = nullptr;
  std::shared_ptr<const catalogue::Catalogue> catalogue;
  std::shared_ptr<const wire::Directory> directory;
  std::shared_ptr<const ports::CentreKeys> keys;
  bool healing = false;

  usecases::Ground ground() const;
};

struct Node {
  NodeId id;
  std::string version;
  std::set<CentreId> centres;  ///< that it serves
  bool secure = false;         ///< its public side speaks TLS
  std::size_t most_parcels = 4;      ///< files on their way to other nodes, whole in memory, at once

  const ports::Clock& clock;
  ports::Random& random;
  Ledger& ledger;
  Attachments& attachments;
  Lane& network;
  Lane& slow;
  Turns in_turn{network};  ///< signatures and seals of what others send
  std::shared_ptr<const catalogue::Catalogue> catalogue{};  ///< read and replaced on the network thread
  std::shared_ptr<const wire::Directory> directory{};       ///< likewise
  std::shared_ptr<const ports::CentreKeys> keys{};          ///< likewise
  std::shared_ptr<const std::vector<crypto::SealingKey>> intake = std::make_shared<std::vector<crypto::SealingKey>>();  ///< likewise; opens what is carried

  bool healing = false;  ///< restored from a backup, and asking others for what came after it; network thread
  std::function<bool()> can_tell = [] { return true; };  ///< has nothing to hear before it can help another; network thread
  std::function<void(const EnvelopeId&)> answered = [](const EnvelopeId&) {};  ///< a letter that came, for good; on the network thread

  std::shared_ptr<OwedReadings> owed = std::make_shared<OwedReadings>();  ///< readings that the store has no room for

  /// Sign-ins that the store had no room for, by the digest of their cookies; they end with the process. Network thread.
  std::map<crypto::Digest, StaffSession> unstored_sessions{};

  /// Wakes the courier, with letters that have just been written; from the network thread.
  std::function<void(std::vector<usecases::OutboxRow>)> letters_wait = [](const std::vector<usecases::OutboxRow>&) {};
  /// A letter has come from that centre; on the network thread.
  std::function<void(const CentreId&)> heard_of = [](const CentreId&) {};
  /// Tells the operator that a material is no longer what it was when it came.
  std::function<void(const crypto::Digest&)> material_damaged = [](const crypto::Digest&) {};
  /// Tells the operator that a centre has sent other octets under the id of a letter that was answered before.
  std::function<void(const EnvelopeId&, const CentreId& from)> letter_differs = [](const EnvelopeId&, const CentreId&) {};
  /// Tells the operator that what one centre of two knows of a case was refused by the other, whose copy says something else or is damaged.
  std::function<void(const EnvelopeId&, const CentreId& other, const std::string& code)> copies_differ = [](const EnvelopeId&, const CentreId&, const std::string&) {};
  /// Tells the operator of a node that is being restored whom it asks in vain, and why.
  std::function<void(const NodeId& asked, const Error& why)> not_told = [](const NodeId&, const Error&) {};
  /// What was written before then waits too long; nothing: nobody would look now. From any thread.
  std::function<std::optional<Instant>(Instant now, const catalogue::Calendar&)> late_before = [](Instant, const catalogue::Calendar&) { return std::nullopt; };
  /// Tells the operator, now and then, that letters wait too long: how many wait.
  std::function<void(std::uint64_t)> letters_late = [](std::uint64_t) {};

  Footing footing() const { return {this, catalogue, directory, keys, healing}; }
  bool serves(const CentreId& centre) const { return centres.contains(centre); }
};

inline usecases::Ground Footing::ground() const {
  return {node->clock.now(), *catalogue, *directory, *keys, node->random, node->attachments};
}

}  // namespace tongban::server
