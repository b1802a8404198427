// Receipts as signed octets: proof that anyone can check offline against published keys. No secret is in them.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "shared/base/expected.h"
#include "shared/casework/receipt.h"
#include "shared/crypto/key_list.h"
#include "shared/crypto/sign.h"
#include "shared/ports/centre_keys.h"

namespace tongban::wire {

/// Looks up the public key by which a centre signed at that time: from a KeyList, or from the Directory.
using KeyOf = std::function<std::optional<crypto::PublicKey>(const CentreId& centre, const crypto::KeyId& key, Instant at)>;
/// Centre keys of a verified key list. The list must outlive the function.
KeyOf keys_of(const crypto::KeyList& list);

/// UnknownKey when the node doesn't serve receipt.centre.
Expected<Bytes> sign_receipt(const casework::Receipt& receipt, const ports::CentreKeys& keys);
/// wire_errors::Malformed, Version, UnknownKey, Signature.
Expected<casework::Receipt> verify_receipt(ByteView bytes, const KeyOf& key_of);
/// Without checking the signature: for a node's own rows.
Expected<casework::Receipt> read_receipt(ByteView bytes);

/// The proof QR's text, "TBR1" and base64url, and back to the signed octets.
std::string proof_text(ByteView receipt);
std::optional<Bytes> read_proof_text(std::string_view text);

}  // namespace tongban::wire
