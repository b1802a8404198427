// What can be wrong with a JSON text. `where` of the Error is the JSON pointer of the place (RFC 6901).
#pragma once

#include "shared/base/error.h"

namespace tongban::wire::json_errors {
inline constexpr ErrorCode NotJson{"json.syntax", "请求的格式不对，请刷新页面再试", "The request is not well-formed JSON."};
inline constexpr ErrorCode WrongType{"json.type", "请求里有一项的类型不对，请刷新页面再试", "A member of the request has the wrong type."};
inline constexpr ErrorCode Missing{"json.missing", "请求里少了一项，请刷新页面再试", "A member of the request is missing."};
inline constexpr ErrorCode Unknown{"json.unknown", "请求里有一项不认识，请刷新页面再试", "A member of the request is not known."};
inline constexpr ErrorCode BadValue{"json.value", "请求里有一项的值不对，请刷新页面再试", "A member of the request has a value that is not allowed."};
inline constexpr ErrorCode TooLarge{"json.too_large", "请求里有一项太长了，请缩短", "A member of the request is too long."};
}  // namespace tongban::wire::json_errors
