// A case in answers: GET /api/v1/cases/<number>, GET /api/v1/staff/cases/<number>, and inside the answer to a submission.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/base/expected.h"
#include "shared/casework/view.h"

namespace tongban::wire::json {

std::string write_case_view(const casework::CaseView& view);
Expected<casework::CaseView> read_case_view(std::string_view text);

/// The answer to POST /api/v1/submissions and POST /api/v1/staff/cases: {"case":{…},"receipt":"base64url"}.
struct SubmissionAnswer {
  casework::CaseView view;
  Bytes receipt;  ///< signed: stored
  bool operator==(const SubmissionAnswer&) const = default;
};
std::string write_submission_answer(const SubmissionAnswer& answer);
Expected<SubmissionAnswer> read_submission_answer(std::string_view text);

/// GET /api/v1/staff/cases?list=…: {"cases":[…]}
std::string write_work_list(const std::vector<casework::WorkRow>& rows);
Expected<std::vector<casework::WorkRow>> read_work_list(std::string_view text);

}  // namespace tongban::wire::json
