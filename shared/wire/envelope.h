// What centres send each other: a letter about one case, sealed to the addressee, in an envelope signed by the
// sender; and the addressee's signed answer. Octet by octet in shared/wire/README.md.
//
// A relay sees only the envelope: from whom, to whom, an id. Order, kind and content are inside the letter.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "shared/base/expected.h"
#include "shared/casework/model.h"
#include "shared/crypto/seal.h"
#include "shared/crypto/sign.h"
#include "shared/ports/centre_keys.h"
#include "shared/ports/random.h"

namespace tongban::wire {

enum class LetterKind : std::uint8_t {
  Transfer = 1,  ///< A → B: the application and the events so far; asks B to take custody
  Progress = 2,  ///< B → A: new events (accepted, returned, decided …) and receipts
  GiveBack = 3,  ///< B → A: not ours; asks A to take custody again
  Request = 4,   ///< A → B: the resident supplements or withdraws
  Recollection = 5,  ///< to a centre that was restored from a backup: what the sender knows of the case; out of order
  Enquiry = 6,  ///< to the centre that the resident had chosen: the sender's window has the application, has that centre it too? Out of order
  Claim = 7,    ///< to such a centre when it was restored from a backup: it has said that it hasn't; out of order
};

/// Whether it has a number in its lane, and is taken in its turn.
constexpr bool is_in_order(LetterKind kind) { return kind < LetterKind::Recollection; }
/// By these a restored node is told what it has forgotten. It sends no others, and takes no others, until it has heard everything.
constexpr bool is_reminder(LetterKind kind) { return kind == LetterKind::Recollection || kind == LetterKind::Claim; }
/// Nothing but the head of a letter: about whose an application is, never what stands in it.
constexpr bool is_about_claims(LetterKind kind) { return kind == LetterKind::Enquiry || kind == LetterKind::Claim; }

/// A resident's wish that reached A while B has the case.
struct Request {
  casework::EventKind kind = casework::EventKind::Supplemented;  ///< or Withdrawn
  std::vector<casework::MaterialState> materials;
  std::string text;  ///< note or reason
  std::string actor;  ///< "resident", or the account at A
  Instant made_at;    ///< A's clock
  bool operator==(const Request&) const = default;
};

struct Letter {
  LetterKind kind{};
  CentreId from, to;
  SubmissionId submission_id;
  CaseNumber number;
  std::uint32_t seq = 0;    ///< place in the lane from → to of this case
  std::uint32_t first = 0;  ///< every letter of the lane before this one is settled: no gap need be waited for
  Instant written_at;
  Bytes application;                     ///< Transfer, Recollection
  casework::Digest access{};             ///< Transfer, Recollection: of the resident's present secret
  std::vector<casework::Event> events;   ///< Transfer, Recollection (all), Progress, GiveBack (from the first the addressee may lack)
  std::vector<Bytes> receipts;           ///< Progress, Recollection: signed receipts to keep and print
  std::uint32_t taken = 0;               ///< Recollection: letters of the addressee that the sender has taken
  std::optional<Request> request;        ///< Request
  std::vector<casework::Digest> lost;    ///< files that it names and that the sender has not: no disk that is left has them
  bool operator==(const Letter&) const = default;
};

/// The envelope opened as far as anybody can: its address.
struct Envelope {
  EnvelopeId id;
  CentreId from, to;
  crypto::KeyId signed_by{};
  Bytes sealed;
  crypto::Signature signature{};
};

enum class AnswerKind : std::uint8_t {
  Taken = 1,      ///< done, in one transaction with this answer
  Refused = 2,    ///< for good: `code` says why
  Duplicate = 3,  ///< the same application came before by `other`, or lives on there; this copy ends
  Held = 4,       ///< letter `expected` of the lane is missing: send it, then this again
  Lacking = 5,    ///< send the files `lacking` first, then this again
  Later = 6,      ///< not now: send again
};

/// What the addressee says of an envelope; signed with its centre's key. The first three are final.
struct Answer {
  AnswerKind kind = AnswerKind::Taken;
  EnvelopeId envelope;
  casework::Digest digest{};  ///< of the envelope's octets
  CentreId by;
  Instant at;
  std::string code;                       ///< Refused, Later: ErrorCode::name
  CentreId other;                         ///< Duplicate; Refused: where it belongs, if known
  std::uint32_t expected = 0;             ///< Held
  std::vector<casework::Digest> lacking;  ///< Lacking
  std::optional<casework::Event> event;   ///< Taken, of Transfer and GiveBack: transfer_received
  bool is_final() const { return kind <= AnswerKind::Duplicate; }
  bool operator==(const Answer&) const = default;
};

namespace envelope_errors {
inline constexpr ErrorCode Malformed{"envelope.malformed", "信封读不懂", "The envelope cannot be read."};
inline constexpr ErrorCode Version{"envelope.version", "信封的格式版本不认识", "The envelope has a format version that is not known here."};
inline constexpr ErrorCode Signature{"envelope.signature", "信封的签名不对", "The envelope's signature is not valid."};
inline constexpr ErrorCode Unsealable{"envelope.seal", "信封不是封给本中心的", "The envelope was not sealed to this centre."};
inline constexpr ErrorCode Address{"envelope.address", "信封里外的地址不一致", "The addresses inside and outside the envelope differ."};
inline constexpr ErrorCode NoKey{"envelope.no_key", "没有对方中心的密钥，目录里查不到", "There is no key for that centre in the directory."};
}  // namespace envelope_errors

/// Seals the letter to `to` and signs it as letter.from. NoKey.
Expected<Bytes> write_envelope(const EnvelopeId& id, const Letter& letter, const crypto::SealingPublic& to,
                               const ports::CentreKeys& keys, ports::Random& random);
/// Malformed, Version. Doesn't check the signature: the key is looked up by what it says.
Expected<Envelope> read_envelope(ByteView bytes);
/// Whether `key` signed these octets.
bool envelope_signed_by(ByteView bytes, const crypto::PublicKey& key);
/// What two envelopes of the same letter have in common, whichever key of the sender's signed them: the digest of an
/// envelope's octets without key id and signature.
casework::Digest letter_digest(const Envelope& envelope);
/// The same letter, signed with the key that the sender signs with now. Always the same octets for one key. Malformed,
/// Version, NoKey.
Expected<Bytes> sign_anew(ByteView envelope, const ports::CentreKeys& keys);
/// The centre that claims to have signed an envelope, and its key's id. Malformed, Version.
struct EnvelopeSigner {
  CentreId from;
  crypto::KeyId key{};
};
Expected<EnvelopeSigner> envelope_signer(ByteView envelope);
/// Unsealable, Malformed, Version, Address.
Expected<Letter> open_letter(const Envelope& envelope, const ports::CentreKeys& keys);

/// NoKey when the node doesn't serve answer.by.
Expected<Bytes> write_answer(const Answer& answer, const ports::CentreKeys& keys);
/// Malformed, Version; Signature unless `key` signed it.
Expected<Answer> read_answer(ByteView bytes, const crypto::PublicKey& key);
/// The answer alone, for who has kept it. Malformed, Version; doesn't check the signature.
Expected<Answer> decode_answer(ByteView bytes);
/// The centre that claims to have signed an answer, and its key's id: to look the key up.
struct AnswerSigner {
  CentreId by;
  crypto::KeyId key{};
  Instant at;
};
Expected<AnswerSigner> answer_signer(ByteView bytes);

/// Format 2 when something is lost; else 1, which nodes of before understand.
Bytes encode(const Letter& letter);
Expected<Letter> decode_letter(ByteView bytes);
/// The files that belong to it: what its application, its events or its request name. Each once.
std::vector<casework::Digest> attachments_of(const Letter& letter);
Bytes encode(const Request& request);
Expected<Request> decode_request(ByteView bytes);

}  // namespace tongban::wire
