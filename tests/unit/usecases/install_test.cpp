#include "shared/usecases/install_snapshot.h"

#include <doctest/doctest.h>

#include "shared/usecases/errors.h"

using namespace tongban;

TEST_CASE("a catalogue that isn't signed by a listed key is not put in place") {
  const crypto::SigningKey stranger(crypto::Seed{3});
  catalogue::SnapshotHeader header;
  header.version = 5;
  header.edition = "演示";
  const Bytes file = catalogue::assemble_snapshot(header, Bytes(10, 0), stranger);
  const crypto::KeyList list{1, {{crypto::KeyPurpose::Catalogue, "", crypto::SigningKey(crypto::Seed{4}).public_key(), {0}, {1000}}}};
  CHECK(usecases::install_snapshot(file, 0, list, {10}).error().is(catalogue::snapshot_errors::Untrusted));
}

TEST_CASE("an older catalogue never takes the place of a newer one") {
  const crypto::SigningKey key(crypto::Seed{4});
  catalogue::SnapshotHeader header;
  header.version = 5;
  header.edition = "演示";
  const Bytes file = catalogue::assemble_snapshot(header, Bytes(10, 0), key);
  const crypto::KeyList list{1, {{crypto::KeyPurpose::Catalogue, "", key.public_key(), {0}, {1000}}}};
  CHECK(usecases::install_snapshot(file, 6, list, {10}).error().is(usecases::step_errors::OlderCatalogue));
  CHECK(usecases::install_snapshot(file, 5, list, {1000}).error().is(catalogue::snapshot_errors::Untrusted));
}
