// What opens a case for its resident, out of a request's address and its Authorization field. Foreign octets: fuzzed
// (tests/fuzz/targets/http_request.cpp).
#pragma once

#include <optional>
#include <string>

#include "server/http/message.h"
#include "shared/casework/access.h"

namespace tongban::http {

enum class NamedBy { Number, Submission };

/// A case by its number, or by the id under which it was sealed, and its secret. What can't be read is left empty, so that unknown
/// ones and a wrong secret are one and the same answer, after the same work.
struct CaseKey {
  CaseNumber number;
  std::optional<SubmissionId> submission;
  std::optional<casework::Digest> access;
  std::string text() const { return submission ? submission->hex() : number.text(); }
};

/// Of a request whose first capture names the case.
CaseKey case_key_of(const Request& request, NamedBy by);

}  // namespace tongban::http
