// The signed directory: which centre is served by which node, where, with which keys, and since when.
//
// Signed with a key that the city's key list names for it; versions only go up. An entry that has ended still
// leads to its successor.
#pragma once

#include <string>
#include <vector>

#include "shared/base/expected.h"
#include "shared/base/time.h"
#include "shared/crypto/key_list.h"
#include "shared/crypto/seal.h"
#include "shared/wire/receipt.h"

namespace tongban::wire {

struct DirectoryEntry {
  CentreId centre;
  NodeId node;
  std::string address;  ///< "http://127.0.0.1:8081": where the node takes envelopes
  crypto::PublicKey signing{};
  crypto::SealingPublic sealing{};
  Instant valid_from, valid_until;  ///< until is exclusive
  CentreId successor;               ///< who took the centre's work over; empty: nobody
  bool operator==(const DirectoryEntry&) const = default;
};

struct Directory {
  std::uint32_t version = 0;
  Instant issued_at;
  std::vector<DirectoryEntry> entries;

  /// The entry of this very centre that is valid at `at`, the newest if there are several.
  const DirectoryEntry* find(const CentreId& centre, Instant at) const;
  /// The same; or the last entry of a centre that has ended and left its work to a successor. Its copies of cases are
  /// still kept and answered for under its name and keys, by whoever has taken them over.
  const DirectoryEntry* find_last(const CentreId& centre, Instant at) const;
  /// Where things for `centre` go now: its own entry, or that of its successor.
  const DirectoryEntry* route(const CentreId& centre, Instant at) const;
  /// Signing keys, for verify_receipt and the exchange, those of ended centres with a successor included; the directory
  /// must outlive the function.
  KeyOf keys() const;
  bool operator==(const Directory&) const = default;
};

Bytes sign_directory(const Directory& directory, const crypto::SigningKey& key);
/// wire_errors::Malformed, Version, UnknownKey (not on the list for this purpose at `now`), Signature.
Expected<Directory> verify_directory(ByteView bytes, const crypto::KeyList& list, Instant now);

}  // namespace tongban::wire
