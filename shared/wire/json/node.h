// GET /api/v1/node: who answers here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/base/expected.h"
#include "shared/base/id.h"
#include "shared/base/time.h"

namespace tongban::wire::json {

struct NodeAnswer {
  NodeId node;
  std::string version;            ///< of the program
  std::vector<CentreId> centres;  ///< that it serves
  std::uint32_t catalogue_version = 0;
  Instant server_time;
  bool operator==(const NodeAnswer&) const = default;
};

std::string write_node(const NodeAnswer& answer);
Expected<NodeAnswer> read_node(std::string_view text);

}  // namespace tongban::wire::json
