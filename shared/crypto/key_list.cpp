#include "shared/crypto/key_list.h"

#include <algorithm>

#include "shared/base/octets.h"

namespace tongban::crypto {
namespace {

constexpr std::string_view list_magic = "TBKEYS01";
constexpr std::string_view change_magic = "TBROOT01";
constexpr std::size_t least_key_size = 1 + 2 + 32 + 8 + 8;
constexpr std::size_t change_size = 8 + 2 * 32 + 2 * 64;

ListedKey read_key(Reader& reader) {
  ListedKey key;
  key.purpose = static_cast<KeyPurpose>(reader.u8());
  if (key.purpose < KeyPurpose::Catalogue) reader.fail();
  key.holder = reader.text();
  reader.raw(key.key);
  key.valid_from.ms = reader.i64();
  key.valid_until.ms = reader.i64();
  return key;
}

bool is_known(KeyPurpose purpose) { return purpose <= KeyPurpose::Intake; }

Signature read_signature(Reader& reader) {
  Signature signature{};
  reader.raw(signature);
  return signature;
}

}  // namespace

const ListedKey* KeyList::find(KeyPurpose purpose, const KeyId& id, Instant at) const {
  for (const ListedKey& key : keys) {
    if (key.purpose == purpose && key.valid_from <= at && at < key.valid_until && key.id() == id) return &key;
  }
  return nullptr;
}

const ListedKey* KeyList::intake(Instant at) const {
  const ListedKey* newest = nullptr;
  for (const ListedKey& key : keys)
    if (key.purpose == KeyPurpose::Intake && (!newest || newest->valid_from < key.valid_from)) newest = &key;
  return newest && at < newest->valid_until ? newest : nullptr;
}

Bytes sign_key_list(const KeyList& list, const SigningKey& root) {
  Writer writer;
  writer.raw(as_bytes(list_magic)).u32(list.version).raw(root.public_key()).u16(static_cast<std::uint16_t>(list.keys.size()));
  for (const ListedKey& key : list.keys) {
    writer.kind(key.purpose).text(key.holder).raw(key.key).i64(key.valid_from.ms).i64(key.valid_until.ms);
  }
  const Signature signature = sign(root, writer.bytes());
  return std::move(writer.raw(signature)).bytes();
}

Expected<KeyList> verify_key_list(ByteView bytes, const PublicKey& root) {
  if (bytes.size() < Signature{}.size()) return key_errors::Malformed;
  Reader reader(bytes);
  if (as_text(reader.raw(list_magic.size())) != list_magic) return key_errors::Malformed;
  KeyList list;
  list.version = reader.u32();
  PublicKey named{};
  reader.raw(named);
  const std::size_t count = reader.count(reader.u16(), least_key_size);
  for (std::size_t i = 0; i < count; ++i)
    if (auto key = read_key(reader); is_known(key.purpose)) list.keys.push_back(std::move(key));
  const ByteView signed_part = bytes.first(bytes.size() - Signature{}.size());
  const Signature signature = read_signature(reader);
  if (!reader.done()) return key_errors::Malformed;
  if (named != root || !verify(root, signature, signed_part)) return key_errors::NotSigned;
  return list;
}

Bytes sign_root_change(const SigningKey& from, const SigningKey& to) {
  Writer writer;
  writer.raw(as_bytes(change_magic)).raw(from.public_key()).raw(to.public_key());
  const Signature old_one = sign(from, writer.bytes());
  const Signature new_one = sign(to, writer.bytes());
  return std::move(writer.raw(old_one).raw(new_one)).bytes();
}

Expected<PublicKey> verify_root_change(ByteView bytes, const PublicKey& root) {
  Reader reader(bytes);
  if (as_text(reader.raw(change_magic.size())) != change_magic) return key_errors::Malformed;
  PublicKey from{}, to{};
  reader.raw(from);
  reader.raw(to);
  const Signature old_one = read_signature(reader), new_one = read_signature(reader);
  if (!reader.done()) return key_errors::Malformed;
  const ByteView statement = bytes.first(change_magic.size() + 64);
  if (from != root || !verify(from, old_one, statement) || !verify(to, new_one, statement)) return key_errors::NotSigned;
  return to;
}

Expected<PublicKey> follow_root_changes(ByteView changes, const PublicKey& root) {
  if (changes.size() % change_size != 0) return key_errors::Malformed;
  PublicKey trusted = root;
  for (; !changes.empty(); changes = changes.subspan(change_size)) {
    const ByteView change = changes.first(change_size), from = change.subspan(change_magic.size(), trusted.size());
    if (!std::equal(from.begin(), from.end(), trusted.begin())) continue;
    TRY(trusted, verify_root_change(change, trusted));
  }
  return trusted;
}

}  // namespace tongban::crypto
