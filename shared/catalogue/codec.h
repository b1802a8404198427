// The canonical bytes of a catalogue: one catalogue has exactly one encoding (README.md, "Canonical bytes").
#pragma once

#include "shared/base/bytes.h"
#include "shared/base/expected.h"
#include "shared/catalogue/model.h"

namespace tongban::catalogue {

namespace codec_errors {
inline constexpr ErrorCode Damaged{"catalogue.damaged", "目录数据坏了，请重新下载", "The catalogue is damaged; please download it again."};
inline constexpr ErrorCode Newer{"catalogue.newer_format", "目录的格式比这个版本新，请刷新页面",
                                 "The catalogue has a newer format than this version reads; please reload."};
}  // namespace codec_errors

/// Deterministic to the byte. The catalogue must be well-formed (lists sorted by id, indices in range).
Bytes encode(const Catalogue& catalogue);

/// Damaged (detail says where), Newer. Never reads past the end, never allocates more than the bytes justify,
/// and accepts only what encode would write: indices in range, lists sorted, no octets left over. Format 1, which has
/// no English, is read as well: a device may hold it from an earlier visit.
Expected<Catalogue> decode(ByteView bytes);

/// The same for bytes whose digest is in a header that a trusted key has signed: that they are what encode would write
/// was seen when they were signed, and is not looked at again. It takes half the time.
Expected<Catalogue> decode_signed(ByteView bytes);

}  // namespace tongban::catalogue
