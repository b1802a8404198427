#include "shared/wire/directory.h"

#include <tuple>

#include "shared/base/octets.h"
#include "shared/wire/errors.h"
#include "shared/wire/parts.h"

namespace tongban::wire {
namespace {

constexpr std::string_view magic = "TBDI";
constexpr std::uint16_t format = 1;
constexpr std::size_t least_entry_size = 4 * 2 + 64 + 16;
constexpr int longest_succession = 16;

DirectoryEntry take_entry(Reader& reader) {
  DirectoryEntry entry;
  entry.centre = take_id<CentreId>(reader);
  entry.node = take_id<NodeId>(reader);
  entry.address = reader.text();
  reader.raw(entry.signing);
  reader.raw(entry.sealing);
  entry.valid_from.ms = reader.i64();
  entry.valid_until.ms = reader.i64();
  entry.successor = take_id<CentreId>(reader);
  return entry;
}

void put(Writer& writer, const DirectoryEntry& entry) {
  writer.text(entry.centre.text()).text(entry.node.text()).text(entry.address).raw(entry.signing).raw(entry.sealing);
  writer.i64(entry.valid_from.ms).i64(entry.valid_until.ms).text(entry.successor.text());
}

}  // namespace

const DirectoryEntry* Directory::find(const CentreId& centre, Instant at) const {
  const DirectoryEntry* newest = nullptr;
  for (const DirectoryEntry& entry : entries) {
    if (entry.centre != centre || at < entry.valid_from || at >= entry.valid_until) continue;
    if (!newest || newest->valid_from < entry.valid_from) newest = &entry;
  }
  return newest;
}

const DirectoryEntry* Directory::find_last(const CentreId& centre, Instant at) const {
  if (const DirectoryEntry* entry = find(centre, at)) return entry;
  const DirectoryEntry* last = nullptr;
  for (const DirectoryEntry& entry : entries) {
    if (entry.centre != centre || entry.successor.empty() || at < entry.valid_from) continue;
    // Of two that end on one day the later begun has the centre's last keys.
    if (!last || std::tie(last->valid_until, last->valid_from) < std::tie(entry.valid_until, entry.valid_from)) last = &entry;
  }
  return last;
}

const DirectoryEntry* Directory::route(const CentreId& centre, Instant at) const {
  CentreId wanted = centre;
  for (int step = 0; step < longest_succession; ++step) {
    if (const DirectoryEntry* entry = find(wanted, at)) return entry;
    CentreId next;
    for (const DirectoryEntry& entry : entries) {
      if (entry.centre == wanted && !entry.successor.empty()) next = entry.successor;
    }
    if (next.empty()) return nullptr;
    wanted = next;
  }
  return nullptr;
}

KeyOf Directory::keys() const {
  return [this](const CentreId& centre, const crypto::KeyId& id, Instant at) -> std::optional<crypto::PublicKey> {
    for (const DirectoryEntry& entry : entries) {
      const bool valid = entry.valid_from <= at && (at < entry.valid_until || !entry.successor.empty());
      if (valid && entry.centre == centre && crypto::key_id(entry.signing) == id) return entry.signing;
    }
    return std::nullopt;
  };
}

Bytes sign_directory(const Directory& directory, const crypto::SigningKey& key) {
  Writer writer;
  writer.raw(as_bytes(magic)).u16(format).u32(directory.version).i64(directory.issued_at.ms).raw(key.id());
  writer.u32(static_cast<std::uint32_t>(directory.entries.size()));
  for (const DirectoryEntry& entry : directory.entries) put(writer, entry);
  const crypto::Signature signature = crypto::sign(key, writer.bytes());
  return std::move(writer.raw(signature)).bytes();
}

Expected<Directory> verify_directory(ByteView bytes, const crypto::KeyList& list, Instant now) {
  Reader reader(bytes);
  if (as_text(reader.raw(magic.size())) != magic) return wire_errors::Malformed;
  if (reader.u16() != format) return wire_errors::Version;
  Directory directory;
  directory.version = reader.u32();
  directory.issued_at.ms = reader.i64();
  crypto::KeyId id{};
  reader.raw(id);
  const std::size_t count = reader.count(reader.u32(), least_entry_size);
  for (std::size_t i = 0; i < count && reader.good(); ++i) directory.entries.push_back(take_entry(reader));
  crypto::Signature signature{};
  reader.raw(signature);
  if (!reader.done()) return wire_errors::Malformed;
  const crypto::ListedKey* key = list.find(crypto::KeyPurpose::Directory, id, now);
  if (!key) return wire_errors::UnknownKey;
  if (!crypto::verify(key->key, signature, bytes.first(bytes.size() - signature.size()))) return wire_errors::Signature;
  return directory;
}

}  // namespace tongban::wire
