#include "shared/usecases/install_snapshot.h"

#include "shared/usecases/errors.h"

namespace tongban::usecases {

Expected<Installed> install_snapshot(ByteView file, std::uint32_t held, const crypto::KeyList& keys, Instant now) {
  std::vector<crypto::PublicKey> trusted;
  for (const crypto::ListedKey& key : keys.keys) {
    const bool valid = key.valid_from <= now && now < key.valid_until;
    if (valid && key.purpose == crypto::KeyPurpose::Catalogue) trusted.push_back(key.key);
  }
  // The version stands in the signed header: an older file isn't even unpacked.
  TRY(const catalogue::SnapshotHeader header, catalogue::read_snapshot_header(file, trusted));
  if (header.version < held) return step_errors::OlderCatalogue;
  Installed installed;
  TRY(installed.catalogue, catalogue::open_snapshot(file, trusted));
  installed.version = installed.catalogue.version;
  return installed;
}

}  // namespace tongban::usecases
