#include "server/node/catalogue_build.h"

#include "assets/compiler/publish.h"
#include "server/platform/files.h"
#include "server/platform/log.h"
#include "shared/catalogue/codec.h"
#include "shared/catalogue/snapshot.h"

namespace tongban::server {
namespace fs = std::filesystem;

namespace {

constexpr ErrorCode BadSource{"catalogue.bad_source", "目录源文件有错，先改好。", "The catalogue's source has faults. Mend them first."};
constexpr std::size_t kept_versions = 5;  ///< so many deltas lead to the newest version

/// Canonical octets of the versions published here before, newest last.
std::vector<compiler::Earlier> read_earlier(const fs::path& folder) {
  std::vector<compiler::Earlier> earlier;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none)) {
    if (entry.path().extension() != ".bin") continue;
    const auto bytes = platform::read_file(entry.path());
    const auto held = bytes ? catalogue::decode(*bytes) : Expected<catalogue::Catalogue>(BadSource);
    if (held) earlier.push_back({held->version, *bytes});
  }
  std::sort(earlier.begin(), earlier.end(), [](const auto& a, const auto& b) { return a.version < b.version; });
  if (earlier.size() > kept_versions) earlier.erase(earlier.begin(), earlier.end() - kept_versions);
  return earlier;
}

}  // namespace

Expected<void> build_catalogue(const fs::path& source, const crypto::SigningKey& key, const fs::path& folder) {
  compiler::Faults faults;
  const auto compiled = compiler::compile(source.string(), faults);
  if (!compiled) return Error(BadSource, source.string(), '\n' + faults.text());
  const auto canonical = catalogue::encode(compiled->catalogue);
  const auto snapshot = (folder / "current.snap").string();
  const auto standing = compiler::read_canonical(snapshot, {key.public_key()});
  TRY(const bool has_readings, platform::is_there(folder / "pinyin.bin"));
  if (standing && *standing == canonical && has_readings) return {};
  TRY_VOID(platform::make_folder(folder / "versions", platform::Mode::Public));
  auto earlier = read_earlier(folder / "versions");
  std::erase_if(earlier, [&](const auto& one) { return one.version >= compiled->catalogue.version; });
  if (standing) {
    const auto held = catalogue::decode(*standing);
    if (held && held->version >= compiled->catalogue.version) return Error(compiler::publish_errors::VersionNotRaised, source.string());
  }
  TRY_VOID(compiler::publish(*compiled, earlier, key, folder.string()));
  return platform::replace_file(folder / "versions" / (std::to_string(compiled->catalogue.version) + ".bin"), canonical, platform::Mode::Public);
}

Expected<std::shared_ptr<const catalogue::Catalogue>> open_catalogue(const fs::path& folder, const crypto::KeyList& keys, Instant now) {
  TRY(const auto bytes, platform::read_file(folder / "current.snap"));
  std::vector<crypto::PublicKey> trusted;
  for (const auto& key : keys.keys)
    if (key.purpose == crypto::KeyPurpose::Catalogue && key.valid_from <= now && now < key.valid_until) trusted.push_back(key.key);
  TRY(auto opened, catalogue::open_snapshot(bytes, trusted));
  return std::shared_ptr<const catalogue::Catalogue>(std::make_shared<catalogue::Catalogue>(std::move(opened)));
}

}  // namespace tongban::server
