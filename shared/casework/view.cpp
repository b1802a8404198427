#include "shared/casework/view.h"

#include "shared/casework/text.h"

namespace tongban::casework {

std::string masked(std::string_view name) {
  std::u32string points = code_points(name);
  for (std::size_t i = 1; i < points.size(); ++i) points[i] = U'*';
  return utf8(points);
}

}  // namespace tongban::casework
