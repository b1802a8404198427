// What can be wrong with octets that come from elsewhere.
#pragma once

#include "shared/base/error.h"

namespace tongban::wire::wire_errors {
inline constexpr ErrorCode Malformed{"wire.malformed", "数据读不懂，请刷新页面再试", "The data cannot be read; please reload."};
inline constexpr ErrorCode Version{"wire.version", "数据的格式版本不认识，请更新后再试", "The data has a format version that is not known here; please update."};
inline constexpr ErrorCode Chain{"wire.chain", "办件记录对不上，请联系管理员", "The record of this case does not fit together; please tell the operator."};
inline constexpr ErrorCode Signature{"wire.signature", "签名不对，这份凭证不能信", "The signature is not valid; do not trust this."};
inline constexpr ErrorCode UnknownKey{"wire.unknown_key", "签名的密钥不认识，请更新后再核验", "The signing key is not known; please update and check again."};
}  // namespace tongban::wire::wire_errors
