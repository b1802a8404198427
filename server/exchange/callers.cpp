#include "server/exchange/callers.h"

#include <algorithm>

namespace tongban::exchange {
namespace {

constexpr ErrorCode Stranger{"exchange.stranger", "目录里没有这样的节点。", "The directory names no such node for the sender."};

}  // namespace

Expected<void> may_bring(const server::Caller& caller, const CentreId& from, const wire::Directory& directory) {
  if (!caller) return {};
  const auto names_it = [&](const auto& entry) { return entry.centre == from && entry.node == *caller; };
  if (std::any_of(directory.entries.begin(), directory.entries.end(), names_it)) return {};
  return Error(Stranger, caller->text());
}

}  // namespace tongban::exchange
