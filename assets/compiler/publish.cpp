#include "assets/compiler/publish.h"

#include "assets/compiler/files.h"
#include "assets/compiler/pack.h"
#include "shared/catalogue/codec.h"
#include "shared/catalogue/snapshot.h"
#include "shared/crypto/digest.h"

namespace tongban::compiler {

using namespace catalogue;

Expected<Bytes> make_snapshot(const Catalogue& catalogue, const crypto::SigningKey& key) {
  const Bytes raw = encode(catalogue);
  TRY(const Bytes packed, pack(raw));
  SnapshotHeader header;
  header.version = catalogue.version;
  header.edition = catalogue.edition;
  header.raw_size = static_cast<std::uint32_t>(raw.size());
  header.raw_digest = crypto::digest(raw);
  return assemble_snapshot(header, packed, key);
}

Expected<Bytes> make_delta(const Earlier& earlier, const Catalogue& catalogue, const crypto::SigningKey& key) {
  const Bytes raw = encode(catalogue);
  if (earlier.version >= catalogue.version && earlier.canonical != raw)
    return Error(publish_errors::VersionNotRaised, "catalogue.yaml", std::to_string(earlier.version) + " was published before");
  TRY(const Bytes packed, pack_against(raw, earlier.canonical));
  DeltaHeader header;
  header.from = earlier.version;
  header.to = catalogue.version;
  header.from_digest = crypto::digest(earlier.canonical);
  header.edition = catalogue.edition;
  header.raw_size = static_cast<std::uint32_t>(raw.size());
  header.raw_digest = crypto::digest(raw);
  return assemble_delta(header, packed, key);
}

Expected<void> publish(const Compiled& compiled, const std::vector<Earlier>& earlier, const crypto::SigningKey& key, const std::string& folder) {
  TRY(const Bytes snapshot, make_snapshot(compiled.catalogue, key));
  std::vector<std::pair<std::string, Bytes>> deltas;
  for (const Earlier& from : earlier) {
    TRY(Bytes delta, make_delta(from, compiled.catalogue, key));
    if (from.version == compiled.catalogue.version) continue;  // the same catalogue again
    deltas.emplace_back(std::to_string(from.version) + "-" + std::to_string(compiled.catalogue.version), std::move(delta));
  }
  for (const auto& [name, delta] : deltas) TRY_VOID(write_file(folder + "/delta/" + name, delta));
  TRY_VOID(write_file(folder + "/pinyin.bin", compiled.pinyin));
  return write_file(folder + "/current.snap", snapshot);
}

Expected<void> publish_unsigned(const Compiled& compiled, const std::string& folder) {
  TRY_VOID(write_file(folder + "/catalogue.bin", encode(compiled.catalogue)));
  TRY_VOID(write_file(folder + "/pinyin.bin", compiled.pinyin));
  return write_file(folder + "/characters.txt", as_bytes(compiled.characters));
}

Expected<Bytes> read_canonical(const std::string& path, const std::vector<crypto::PublicKey>& keys) {
  TRY(Bytes bytes, read_file(path));
  if (as_text(bytes).starts_with("TBCAT")) return bytes;
  TRY(auto unpacked, unpack_snapshot(bytes, keys));
  return std::move(unpacked.canonical);
}

}  // namespace tongban::compiler
