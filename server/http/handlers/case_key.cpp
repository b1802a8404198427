#include "server/http/handlers/case_key.h"

#include "shared/casework/case_number.h"

namespace tongban::http {

CaseKey case_key_of(const Request& request, NamedBy by) {
  static constexpr std::string_view scheme = "Tongban-Case ";
  const std::string& named = request.captures.at(0);
  CaseKey key;
  if (by == NamedBy::Submission) key.submission = SubmissionId::from(named).value_or(SubmissionId{});
  else if (const auto number = casework::read_case_number(named)) key.number = *number;
  const auto given = request.header("authorization");
  if (!given.starts_with(scheme)) return key;
  if (const auto secret = casework::read_access_text(given.substr(scheme.size()))) key.access = casework::access_hash(*secret);
  return key;
}

}  // namespace tongban::http
