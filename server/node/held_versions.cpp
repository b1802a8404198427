#include "server/node/held_versions.h"

#include <sstream>

#include "server/node/trust_errors.h"
#include "server/platform/files.h"

namespace tongban::server {
namespace {

constexpr const char* name = "held.versions";

}  // namespace

Expected<HeldVersions> HeldVersions::read(const std::filesystem::path& keys) {
  const auto file = keys / name;
  TRY(const bool there, platform::is_there(file));
  if (!there) return HeldVersions{};
  TRY(const auto bytes, platform::read_file(file));
  std::istringstream in{std::string(as_text(bytes))};
  std::string list, directory;
  HeldVersions held;
  if (!(in >> list >> held.list >> directory >> held.directory) || list != "list" || directory != "directory") return Error(trust_errors::BadHeld, file.string());
  return held;
}

Expected<void> HeldVersions::write(const std::filesystem::path& keys) const {
  const std::string text = "list " + std::to_string(list) + " directory " + std::to_string(directory) + '\n';
  return platform::replace_file(keys / name, as_bytes(text), platform::Mode::Private);
}

}  // namespace tongban::server
