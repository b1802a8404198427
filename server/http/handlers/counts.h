// GET /api/v1/staff/counts: how many cases stand on which list of which centre, and since when the oldest; and whose letters wait
// too long, on either side. For the city office and supervisors; never a number, a name or an item of a case.
#pragma once

#include <string>
#include <vector>

#include "server/ports/transaction.h"

namespace tongban::http {

struct Workload {
  std::vector<server::CentreCount> counts;
  std::vector<server::LateLetters> late;     ///< that this node has to send
  std::vector<server::LateLetters> missing;  ///< that this node has learnt it should have had
};

inline void append_letters(std::string& out, const char* member, const std::vector<server::LateLetters>& letters) {
  out += std::string(",\"") + member + "\":[";
  for (const auto& one : letters) {
    if (out.back() == '}') out += ',';
    out += R"({"from":")" + one.from.text() + R"(","to":")" + one.to.text() + R"(","letters":)" + std::to_string(one.letters);
    if (one.oldest.ms > 0) out += R"(,"oldest":")" + to_rfc3339(one.oldest) + '"';
    out += '}';
  }
  out += ']';
}

inline std::string counts_json(const Workload& workload) {
  std::string out = R"({"counts":[)";
  for (const auto& one : workload.counts) {
    if (out.back() == '}') out += ',';
    out += R"({"centre":")" + one.holder.text() + R"(","list":")" + std::string(casework::name_of(one.list)) + R"(","cases":)" +
           std::to_string(one.cases) + R"(,"oldest":")" + to_rfc3339(one.oldest) + "\"}";
  }
  out += ']';
  append_letters(out, "late", workload.late);
  append_letters(out, "missing", workload.missing);
  return out + '}';
}

}  // namespace tongban::http
