// A node's materials into a backup and back. Each is read on the way and compared with its name, so that no backup carries
// on what has rotted on the disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "shared/base/expected.h"

namespace tongban::server {

/// Links take no room, but are the same octets: what the disk damages is damaged in both.
enum class CopyAs : bool { Copies, Links };

struct CopiedMaterials {
  std::uint64_t materials = 0, linked = 0;
  std::vector<std::string> damaged;  ///< names of those that are no longer what their name says; they are left out
};

/// What has gone meanwhile is left out, too: rows name no such file. Throws std::filesystem::filesystem_error.
Expected<CopiedMaterials> copy_materials(const std::filesystem::path& from, const std::filesystem::path& to, CopyAs as);

}  // namespace tongban::server
