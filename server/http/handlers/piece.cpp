#include "server/http/handlers/piece.h"

#include <charconv>

namespace tongban::http {

std::optional<PiecePlace> piece_place_of(const Request& request) {
  PiecePlace place;
  const auto offset = request.header("upload-offset"), complete = request.header("upload-complete");
  const auto read = std::from_chars(offset.data(), offset.data() + offset.size(), place.offset);
  if (read.ec != std::errc() || read.ptr != offset.data() + offset.size()) return std::nullopt;
  if (complete != "?0" && complete != "?1") return std::nullopt;
  place.last = complete == "?1";
  return place;
}

}  // namespace tongban::http
