#include "shared/wire/envelope.h"

#include <algorithm>

#include "shared/base/octets.h"
#include "shared/crypto/digest.h"
#include "shared/wire/event.h"
#include "shared/wire/parts.h"

namespace tongban::wire {
namespace {

constexpr std::string_view envelope_magic = "TBEN";
constexpr std::string_view answer_magic = "TBAN";
constexpr std::uint16_t format = 1;

struct ParsedAnswer {
  Answer answer;
  crypto::KeyId key{};
  crypto::Signature signature{};
};

void put_address(Writer& writer, const EnvelopeId& id, const CentreId& from, const CentreId& to) {
  writer.raw(as_bytes(envelope_magic)).u16(format).raw(id.octets).text(from.text()).text(to.text());
}

Expected<Bytes> sign_envelope(const EnvelopeId& id, const CentreId& from, const CentreId& to, ByteView sealed, const ports::CentreKeys& keys) {
  const auto key = keys.signing_key_id(from);
  if (!key) return envelope_errors::NoKey;
  Writer writer;
  put_address(writer, id, from, to);
  writer.raw(*key).blob(sealed);
  const auto signature = keys.sign(from, writer.bytes());
  if (!signature) return envelope_errors::NoKey;
  return std::move(writer.raw(*signature)).bytes();
}

Bytes encode_if(const std::optional<casework::Event>& event) { return event ? encode(*event) : Bytes{}; }

Expected<ParsedAnswer> parse_answer(ByteView bytes) {
  Reader reader(bytes);
  if (as_text(reader.raw(answer_magic.size())) != answer_magic) return envelope_errors::Malformed;
  if (reader.u16() != format) return envelope_errors::Version;
  ParsedAnswer parsed;
  Answer& answer = parsed.answer;
  answer.kind = reader.kind(AnswerKind::Later, AnswerKind::Taken);
  reader.raw(answer.envelope.octets);
  reader.raw(answer.digest);
  answer.by = take_id<CentreId>(reader);
  answer.at.ms = reader.i64();
  answer.code = reader.text();
  answer.other = take_id<CentreId>(reader);
  answer.expected = reader.u32();
  answer.lacking = take_digests(reader);
  const ByteView event = reader.blob();
  reader.raw(parsed.key);
  reader.raw(parsed.signature);
  if (!reader.done()) return envelope_errors::Malformed;
  if (!event.empty()) {
    TRY(answer.event, decode_event(event));
  }
  return parsed;
}

}  // namespace

Expected<Bytes> write_envelope(const EnvelopeId& id, const Letter& letter, const crypto::SealingPublic& to,
                               const ports::CentreKeys& keys, ports::Random& random) {
  const auto sealed = crypto::seal(to, encode(letter), random);
  if (!sealed) return envelope_errors::NoKey;
  return sign_envelope(id, letter.from, letter.to, *sealed, keys);
}

Expected<Envelope> read_envelope(ByteView bytes) {
  Reader reader(bytes);
  if (as_text(reader.raw(envelope_magic.size())) != envelope_magic) return envelope_errors::Malformed;
  if (reader.u16() != format) return envelope_errors::Version;
  Envelope envelope;
  reader.raw(envelope.id.octets);
  envelope.from = take_id<CentreId>(reader);
  envelope.to = take_id<CentreId>(reader);
  reader.raw(envelope.signed_by);
  const ByteView sealed = reader.blob();
  reader.raw(envelope.signature);
  if (!reader.done()) return envelope_errors::Malformed;
  envelope.sealed.assign(sealed.begin(), sealed.end());
  return envelope;
}

bool envelope_signed_by(ByteView bytes, const crypto::PublicKey& key) {
  crypto::Signature signature{};
  if (bytes.size() < signature.size()) return false;
  const ByteView last = bytes.last(signature.size());
  std::copy(last.begin(), last.end(), signature.begin());
  return crypto::verify(key, signature, bytes.first(bytes.size() - signature.size()));
}

casework::Digest letter_digest(const Envelope& envelope) {
  Writer writer;
  put_address(writer, envelope.id, envelope.from, envelope.to);
  writer.blob(envelope.sealed);
  return crypto::digest(writer.bytes());
}

Expected<Bytes> sign_anew(ByteView bytes, const ports::CentreKeys& keys) {
  TRY(const Envelope envelope, read_envelope(bytes));
  return sign_envelope(envelope.id, envelope.from, envelope.to, envelope.sealed, keys);
}

Expected<EnvelopeSigner> envelope_signer(ByteView bytes) {
  TRY(const Envelope envelope, read_envelope(bytes));
  return EnvelopeSigner{envelope.from, envelope.signed_by};
}

Expected<Letter> open_letter(const Envelope& envelope, const ports::CentreKeys& keys) {
  const auto opened = keys.open(envelope.to, envelope.sealed);
  if (!opened) return envelope_errors::Unsealable;
  TRY(Letter letter, decode_letter(*opened));
  // A relay could put its own signature on a letter of somebody else's: the sender named inside must be the one outside.
  if (letter.from != envelope.from || letter.to != envelope.to) return envelope_errors::Address;
  return letter;
}

Expected<Bytes> write_answer(const Answer& answer, const ports::CentreKeys& keys) {
  const auto key = keys.signing_key_id(answer.by);
  if (!key) return envelope_errors::NoKey;
  Writer writer;
  writer.raw(as_bytes(answer_magic)).u16(format).kind(answer.kind).raw(answer.envelope.octets).raw(answer.digest);
  writer.text(answer.by.text()).i64(answer.at.ms).text(answer.code).text(answer.other.text()).u32(answer.expected);
  put(writer, answer.lacking);
  writer.blob(encode_if(answer.event)).raw(*key);
  const auto signature = keys.sign(answer.by, writer.bytes());
  if (!signature) return envelope_errors::NoKey;
  return std::move(writer.raw(*signature)).bytes();
}

Expected<Answer> read_answer(ByteView bytes, const crypto::PublicKey& key) {
  TRY(const ParsedAnswer parsed, parse_answer(bytes));
  if (!crypto::verify(key, parsed.signature, bytes.first(bytes.size() - parsed.signature.size()))) return envelope_errors::Signature;
  return parsed.answer;
}

Expected<Answer> decode_answer(ByteView bytes) {
  TRY(ParsedAnswer parsed, parse_answer(bytes));
  return std::move(parsed.answer);
}

Expected<AnswerSigner> answer_signer(ByteView bytes) {
  TRY(const ParsedAnswer parsed, parse_answer(bytes));
  return AnswerSigner{parsed.answer.by, parsed.key, parsed.answer.at};
}

}  // namespace tongban::wire
