// GET /api/v1/staff/counts: how many cases stand on which list of which centre, and since when the oldest. For the
// city office and supervisors; never a number, a name or an item of a case.
#pragma once

#include <string>
#include <vector>

#include "server/ports/transaction.h"

namespace tongban::http {

inline std::string counts_json(const std::vector<server::CentreCount>& counts) {
  std::string out = R"({"counts":[)";
  for (const auto& one : counts) {
    if (out.back() == '}') out += ',';
    out += R"({"centre":")" + one.holder.text() + R"(","list":")" + std::string(casework::name_of(one.list)) + R"(","cases":)" +
           std::to_string(one.cases) + R"(,"oldest":")" + to_rfc3339(one.oldest) + "\"}";
  }
  return out + "]}";
}

}  // namespace tongban::http
