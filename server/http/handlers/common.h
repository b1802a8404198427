// What several handlers need: an error as an answer, and who is asking.
#pragma once

#include <string>

#include "server/http/message.h"
#include "server/ports/node.h"

namespace tongban::http {

/// The problem for an error, with the status that belongs to its code and Retry-After where one is due.
Response failure(const Error& error);
/// 429 with the seconds to wait.
Response wait_first(const ErrorCode& code, int seconds);

/// Octets written as hexadecimal, or as base64url; nothing unless exactly 32.
std::optional<crypto::Digest> digest_from_hex(std::string_view text);

/// Who signed in with the request's cookie, read in the transaction of what he asks for, so that a locked
/// account is out at once. SignInNeeded; Csrf when a change comes without the session's token.
struct SignedIn {
  server::StaffAccount account;
  server::StaffSession session;
  casework::Actor actor() const { return {account.role, account.centre, account.account.text()}; }
};

/// What of a request tells who is asking; taken before the request is handed on.
struct Credentials {
  std::string cookie, csrf;
  bool changes = false;  ///< anything but GET and HEAD
  std::optional<server::StaffSession> unstored;  ///< that sign-in, where the store had no room for it
};
Credentials credentials(const server::Node& node, const Request& request);
Expected<SignedIn> signed_in(server::Transaction& tx, const Credentials& with, Instant now);

/// "tongban_<node>": two nodes on one host don't share it.
std::string cookie_name(const server::Node& node);

}  // namespace tongban::http
