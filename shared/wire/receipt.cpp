#include "shared/wire/receipt.h"

#include "shared/base/octets.h"
#include "shared/wire/errors.h"
#include "shared/wire/parts.h"

namespace tongban::wire {
namespace {

using casework::Outcome;
using casework::Receipt;
using casework::ReceiptKind;

constexpr std::string_view magic = "TBRC";
constexpr std::uint16_t format = 1;
constexpr std::string_view proof_prefix = "TBR1";

struct Parsed {
  Receipt receipt;
  crypto::KeyId key{};
  crypto::Signature signature{};
  ByteView signed_part;
};

Expected<Parsed> parse(ByteView bytes) {
  Reader reader(bytes);
  if (as_text(reader.raw(magic.size())) != magic) return wire_errors::Malformed;
  if (reader.u16() != format) return wire_errors::Version;
  Parsed parsed;
  Receipt& receipt = parsed.receipt;
  receipt.kind = reader.kind(ReceiptKind::Decided, ReceiptKind::Stored);
  receipt.number = take_id<CaseNumber>(reader);
  reader.raw(receipt.submission_id.octets);
  receipt.item = take_id<ItemId>(reader);
  receipt.catalogue_version = reader.u32();
  reader.raw(receipt.content);
  reader.raw(receipt.event);
  receipt.outcome = reader.kind(Outcome::Refused);
  receipt.centre = take_id<CentreId>(reader);
  receipt.at.ms = reader.i64();
  reader.raw(parsed.key);
  reader.raw(parsed.signature);
  if (!reader.done()) return wire_errors::Malformed;
  parsed.signed_part = bytes.first(bytes.size() - parsed.signature.size());
  return parsed;
}

}  // namespace

KeyOf keys_of(const crypto::KeyList& list) {
  return [&list](const CentreId& centre, const crypto::KeyId& id, Instant at) -> std::optional<crypto::PublicKey> {
    const crypto::ListedKey* key = list.find(crypto::KeyPurpose::Centre, id, at);
    if (!key || key->holder != centre.text()) return std::nullopt;
    return key->key;
  };
}

Expected<Bytes> sign_receipt(const Receipt& receipt, const ports::CentreKeys& keys) {
  const auto key = keys.signing_key_id(receipt.centre);
  if (!key) return wire_errors::UnknownKey;
  Writer writer;
  writer.raw(as_bytes(magic)).u16(format).kind(receipt.kind).text(receipt.number.text()).raw(receipt.submission_id.octets);
  writer.text(receipt.item.text()).u32(receipt.catalogue_version).raw(receipt.content).raw(receipt.event);
  writer.kind(receipt.outcome).text(receipt.centre.text()).i64(receipt.at.ms).raw(*key);
  const auto signature = keys.sign(receipt.centre, writer.bytes());
  if (!signature) return wire_errors::UnknownKey;
  return std::move(writer.raw(*signature)).bytes();
}

Expected<Receipt> verify_receipt(ByteView bytes, const KeyOf& key_of) {
  TRY(const Parsed parsed, parse(bytes));
  const auto key = key_of(parsed.receipt.centre, parsed.key, parsed.receipt.at);
  if (!key) return wire_errors::UnknownKey;
  if (!crypto::verify(*key, parsed.signature, parsed.signed_part)) return wire_errors::Signature;
  return parsed.receipt;
}

Expected<Receipt> read_receipt(ByteView bytes) {
  TRY(const Parsed parsed, parse(bytes));
  return parsed.receipt;
}

std::string proof_text(ByteView receipt) { return std::string(proof_prefix) + to_base64url(receipt); }

std::optional<Bytes> read_proof_text(std::string_view text) {
  if (!text.starts_with(proof_prefix)) return std::nullopt;
  return from_base64url(text.substr(proof_prefix.size()));
}

}  // namespace tongban::wire
