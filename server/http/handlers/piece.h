// Where a piece of a material belongs, and whether it is the last: "Upload-Offset: 65536", "Upload-Complete: ?0" (RFC 8941's
// booleans). Foreign octets: fuzzed (tests/fuzz/targets/http_request.cpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "server/http/message.h"

namespace tongban::http {

inline constexpr std::string_view offset_field = "Upload-Offset", complete_field = "Upload-Complete";

struct PiecePlace {
  std::uint64_t offset = 0;
  bool last = true;
};

/// Nothing when a field is missing or says anything else.
std::optional<PiecePlace> piece_place_of(const Request& request);

}  // namespace tongban::http
