// What `tongban serve` is told.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/http/limits.h"
#include "server/store/postgres/address.h"
#include "server/tls/contexts.h"
#include "shared/base/id.h"
#include "shared/ports/clock.h"

namespace tongban::server {

/// Where other nodes call. A door of its own: a public one that asks for certificates would have browsers ask residents
/// for theirs, and must still speak TLS 1.2; and a crowd at the one leaves the other free.
struct PeerDoor {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;
  tls::PeerLine line;
};

/// How somebody on this machine reaches what listens at that address, as it stands in a URL.
inline std::string url_host(const std::string& address) {
  if (address == "0.0.0.0") return "127.0.0.1";
  if (address == "::") return "[::1]";
  return address.find(':') == std::string::npos ? address : '[' + address + ']';
}

struct NodeOptions {
  NodeId name{"city"};
  std::filesystem::path data;
  std::optional<store::PostgresAddress> database;  ///< none: a file in `data`
  std::filesystem::path site;               ///< empty: no portal, only the API
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  std::optional<tls::Files> tls;
  std::vector<CentreId> centres;            ///< empty: those of the directory, or all
  std::filesystem::path directory;          ///< empty: this node is the whole city
  std::filesystem::path catalogue_source;   ///< compiled at the start when it is newer than the snapshot
  std::optional<PeerDoor> peers;            ///< none: a trial on one machine, without TLS between its nodes
  std::vector<NodeId> without;              ///< after a restore: nodes that are not asked for what came since
  http::Limits limits;
  std::shared_ptr<const ports::Clock> clock;  ///< none: the machine's
};

}  // namespace tongban::server
