#include "server/http/handlers/common.h"

#include "server/http/errors.h"
#include "server/http/status.h"

namespace tongban::http {

Response failure(const Error& error) {
  const int status = status_of(error);
  auto response = problem(status, error);
  if (status == 503) response.with("Retry-After", "30");
  if (status == 401) response.with("WWW-Authenticate", "Tongban-Session");
  return response;
}

Response wait_first(const ErrorCode& code, int seconds) {
  auto response = problem(429, code);
  response.with("Retry-After", std::to_string(seconds));
  return response;
}

std::optional<crypto::Digest> digest_from_hex(std::string_view text) {
  const auto bytes = from_hex(text);
  if (!bytes || bytes->size() != 32) return std::nullopt;
  crypto::Digest digest;
  std::copy(bytes->begin(), bytes->end(), digest.begin());
  return digest;
}

std::string cookie_name(const server::Node& node) { return "tongban_" + node.id.text(); }

Credentials credentials(const server::Node& node, const Request& request) {
  Credentials with{std::string(request.cookie(cookie_name(node))), std::string(request.header("tongban-csrf")),
                   request.method != Method::Get && request.method != Method::Head, std::nullopt};
  if (node.unstored_sessions.empty()) return with;
  const auto token = from_base64url(with.cookie);
  const auto found = token ? node.unstored_sessions.find(crypto::digest(*token)) : node.unstored_sessions.end();
  if (found != node.unstored_sessions.end()) with.unstored = found->second;
  return with;
}

Expected<SignedIn> signed_in(server::Transaction& tx, const Credentials& with, Instant now) {
  const auto token = from_base64url(with.cookie);
  if (!token || token->size() != 32) return Error(errors::SignInNeeded);
  TRY(auto session, tx.find_session(crypto::digest(*token)));
  if (!session) session = with.unstored;
  if (!session || session->expires <= now) return Error(errors::SignInNeeded);
  TRY(auto account, tx.find_account(session->account));
  if (!account || account->locked) return Error(errors::SignInNeeded);
  if (with.changes && !crypto::equal(as_bytes(with.csrf), as_bytes(session->csrf))) return Error(errors::Csrf);
  return SignedIn{std::move(*account), *session};
}

}  // namespace tongban::http
