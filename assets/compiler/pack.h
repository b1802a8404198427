// Packing for the way: canonical bytes to one zstd frame, or to a frame that refers to an older version.
#pragma once

#include "shared/base/bytes.h"
#include "shared/base/expected.h"

namespace tongban::compiler {

namespace pack_errors {
inline constexpr ErrorCode Failed{"pack.failed", "目录打包失败，请查看日志", "Packing the catalogue failed; see the log."};
}  // namespace pack_errors

/// Deterministic for one version of zstd; the frame carries its size, no checksum (the signature covers it).
Expected<Bytes> pack(ByteView raw);
/// As `zstd --patch-from`: unpacks only with the same `prefix`.
Expected<Bytes> pack_against(ByteView raw, ByteView prefix);

}  // namespace tongban::compiler
