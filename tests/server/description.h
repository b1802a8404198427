// What the node's own description says of it (server/openapi.yaml).
#pragma once

#include <set>
#include <string>
#include <vector>

namespace tongban::tests {

struct Operation {
  std::string method, path;  ///< "GET", "/api/v1/cases/{number}"
  std::set<int> statuses;
};

/// As much of the description as these tests need; watched.mjs holds the bodies against it.
std::vector<Operation> operations_of(const std::string& description);

/// "GET /api/v1/cases/{}", as the router has it.
std::string route_of(const Operation& operation);

}  // namespace tongban::tests
