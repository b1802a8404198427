// Writes what a node answers to a first visit, for the rehearsals of rehearse.mjs: keys.json, current.snap, pinyin.bin.
//   first_answers CATALOGUE.bin PINYIN.bin OUTDIR
// Signed by keys that anybody can make, and never shipped.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

#include "assets/compiler/publish.h"
#include "shared/base/bytes.h"
#include "shared/catalogue/codec.h"
#include "shared/crypto/key_list.h"

namespace {

using namespace tongban;

std::optional<Bytes> read_file(const char* path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return Bytes(std::istreambuf_iterator<char>(in), {});
}

/// A list as long as the city's: one key for the catalogue, one to seal to what is carried, one for each centre.
crypto::KeyList list_of(const catalogue::Catalogue& catalogue, const crypto::PublicKey& key) {
  const Instant ever{4'102'444'800'000};
  crypto::KeyList list{1, {{crypto::KeyPurpose::Catalogue, {}, key, {}, ever}, {crypto::KeyPurpose::Intake, {}, key, {}, ever}}};
  for (const auto& centre : catalogue.centres) list.keys.push_back({crypto::KeyPurpose::Centre, centre.id.text(), key, {}, ever});
  return list;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 4) return std::fprintf(stderr, "usage: first_answers CATALOGUE.bin PINYIN.bin OUTDIR\n"), 2;
  const auto canonical = read_file(arguments[1]);
  const auto catalogue = canonical ? catalogue::decode(*canonical) : Expected<catalogue::Catalogue>(Error(catalogue::codec_errors::Damaged));
  if (!catalogue) return std::fprintf(stderr, "first_answers: %s cannot be read; build the target catalogue first\n", arguments[1]), 1;
  const auto key = crypto::SigningKey(crypto::Seed{1});
  const auto snapshot = compiler::make_snapshot(*catalogue, key);
  if (!snapshot) return std::fprintf(stderr, "first_answers: the catalogue could not be packed\n"), 1;

  const std::filesystem::path out = arguments[3];
  std::filesystem::create_directories(out);
  std::filesystem::copy_file(arguments[2], out / "pinyin.bin", std::filesystem::copy_options::overwrite_existing);
  std::ofstream(out / "current.snap", std::ios::binary).write(reinterpret_cast<const char*>(snapshot->data()), static_cast<std::streamsize>(snapshot->size()));
  std::ofstream(out / "keys.json", std::ios::binary)
      << R"({"root":")" << to_base64url(key.public_key()) << R"(","list":")" << to_base64url(crypto::sign_key_list(list_of(*catalogue, key.public_key()), key)) << "\"}\n";
  return 0;
}
