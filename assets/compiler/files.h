// Files of the command line: read and written whole; nothing here is shared with the portal.
#pragma once

#include <optional>
#include <string>

#include "shared/base/bytes.h"
#include "shared/base/expected.h"
#include "shared/crypto/sign.h"

namespace tongban::compiler {

namespace file_errors {
inline constexpr ErrorCode Unreadable{"file.unreadable", "文件读不出来", "The file can't be read."};
inline constexpr ErrorCode Unwritable{"file.unwritable", "文件写不进去", "The file can't be written."};
inline constexpr ErrorCode NoKey{"file.no_key", "文件里没有密钥", "The file holds no key: 64 hexadecimal digits are expected."};
}  // namespace file_errors

Expected<Bytes> read_file(const std::string& path);
/// Beside the file first, then renamed, so that nobody ever reads half of it. Makes the folder if need be.
Expected<void> write_file(const std::string& path, ByteView bytes);

/// A seed or a public key as 64 hexadecimal digits on the first line that doesn't begin with #.
Expected<crypto::Seed> read_key_file(const std::string& path);

}  // namespace tongban::compiler
