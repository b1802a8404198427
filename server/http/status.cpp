#include "server/http/status.h"

#include <string_view>

namespace tongban::http {
namespace {

struct Rule {
  std::string_view name;
  int status;
};

/// A name that ends in a dot stands for all that begin so; the first that fits counts.
constexpr Rule rules[] = {
    {"http.bad_request", 400}, {"http.not_found", 404}, {"http.method_not_allowed", 405}, {"http.timed_out", 408},
    {"http.too_large", 413}, {"http.headers_too_large", 431}, {"http.unsupported_type", 415}, {"http.too_many", 429},
    {"http.busy", 503}, {"http.storage_full", 507}, {"http.internal", 500}, {"http.not_implemented", 501},
    {"http.version", 505}, {"http.expectation", 417},
    {"staff.sign_in_needed", 401}, {"staff.sign_in_wrong", 401}, {"staff.sign_in_wait", 429}, {"staff.csrf", 403},
    {"staff.role_forbidden", 403},
    {"case.denied", 404}, {"case.unknown", 404}, {"case.full", 409}, {"case.asking", 409}, {"remind.nothing", 409}, {"material.unknown", 404}, {"material.lost", 410}, {"material.damaged", 410}, {"material.too_many_today", 429}, {"material.type", 415},
    {"material.offset", 409}, {"material.superseded", 409},
    {"submission.content_differs", 409}, {"submission.elsewhere", 409}, {"submission.file_lacking", 409},
    {"verb.role", 403}, {"verb.other_centre", 403}, {"verb.", 409}, {"transfer.direct", 409}, {"transfer.outside", 409},
    {"transfer.same_centre", 409}, {"accept.belongs_elsewhere", 409},
    {"json.too_large", 413}, {"json.", 400},
    {"envelope.", 400}, {"recall.", 400}, {"exchange.digest_differs", 409}, {"exchange.stranger", 403}, {"exchange.", 404},
    {"store.unavailable", 503}, {"store.conflict", 503}, {"store.slow", 503}, {"store.taken", 503},
    {"store.", 500}, {"wire.", 500}, {"case_file.", 500},
};

}  // namespace

int status_of(const Error& error) {
  const std::string_view name = error.code->name;
  for (const auto& rule : rules)
    if (rule.name == name || (rule.name.back() == '.' && name.starts_with(rule.name))) return rule.status;
  return 422;
}

}  // namespace tongban::http
