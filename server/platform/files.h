// Files as the node needs them: read whole, or replaced whole and synced, with the mode that a secret needs.
#pragma once

#include <filesystem>
#include <string>

#include "shared/base/bytes.h"
#include "shared/base/expected.h"

namespace tongban::platform {

namespace file_errors {
inline constexpr ErrorCode Unreadable{"file.unreadable", "文件读不出来。", "The file cannot be read."};
inline constexpr ErrorCode Unwritable{"file.unwritable", "文件写不进去。", "The file cannot be written."};
}  // namespace file_errors

enum class Mode : unsigned { Private = 0600, Public = 0644 };

/// What the system says of an errno; who may not is told who may.
std::string reason(int number);
/// Unreadable, with its path, where nobody here may know.
Expected<bool> is_there(const std::filesystem::path& path);
/// Unreadable, with its path and what the system says.
Expected<Bytes> read_file(const std::filesystem::path& path);
/// Written beside, synced, renamed over, and the folder synced: a crash leaves the old one or the new one. One that is the same already takes no room.
Expected<void> replace_file(const std::filesystem::path& path, ByteView bytes, Mode mode);
/// Over what stands there, in the same folder; lasts like replace_file.
Expected<void> move_file(const std::filesystem::path& from, const std::filesystem::path& to);
/// What was put into it or taken out of it lasts from then on.
Expected<void> sync_folder(const std::filesystem::path& path);
Expected<void> make_folder(const std::filesystem::path& path, Mode mode);
/// Free octets on the file system that holds `path`.
std::uint64_t free_space(const std::filesystem::path& path);

}  // namespace tongban::platform
