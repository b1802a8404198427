// What `tongban serve` says to the person who started it, in Chinese and English.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/node/prepare.h"

namespace tongban::server {

namespace node_errors {
inline constexpr ErrorCode Overloaded{"node.overloaded", "等待的请求太多。", "Too many requests wait."};
inline constexpr ErrorCode NoSpace{"node.no_space", "存储快满了。", "The disk is nearly full."};
}  // namespace node_errors

/// How the running program is called from the current folder.
std::string program_text();
/// Printed once, at the first start: nothing keeps the passwords.
std::string first_passwords_text(const std::vector<FirstPassword>& passwords, const NodeOptions& options);
/// Addresses, and what to try first; without a portal only what there is.
std::string welcome_text(const NodeOptions& options, std::uint16_t port, std::size_t centres, std::uint32_t catalogue_version);

/// server/openapi.yaml, as it was when the program was built.
std::string_view openapi_text();

}  // namespace tongban::server
