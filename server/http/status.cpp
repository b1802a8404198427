#include "server/http/status.h"

#include <string_view>

namespace tongban::http {
namespace {

struct Rule {
  std::string_view name;
  int status;
};

constexpr Rule rules[] = {
    {"http.bad_request", 400},   {"http.not_found", 404},        {"http.method_not_allowed", 405},
    {"http.timed_out", 408},     {"http.too_large", 413},        {"http.headers_too_large", 431},
    {"http.unsupported_type", 415}, {"http.too_many", 429},      {"http.busy", 503},
    {"http.storage_full", 507},  {"http.internal", 500},         {"http.not_implemented", 501},
    {"http.version", 505},       {"staff.sign_in_needed", 401},  {"staff.sign_in_wrong", 401},
    {"staff.sign_in_wait", 429}, {"staff.csrf", 403},            {"staff.role_forbidden", 403},
    {"case.denied", 404},        {"material.unknown", 404},      {"material.type", 415},
    {"submission.content_differs", 409},
};

}  // namespace

int status_of(const Error& error) {
  const std::string_view name = error.code->name;
  for (const auto& rule : rules)
    if (rule.name == name) return rule.status;
  if (name.starts_with("json.")) return 400;
  return 422;
}

}  // namespace tongban::http
