// What `tongban serve` is told.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "server/http/limits.h"
#include "server/http/listener.h"
#include "shared/base/id.h"

namespace tongban::server {

struct NodeOptions {
  NodeId name{"city"};
  std::filesystem::path data;
  std::filesystem::path site;               ///< empty: no portal, only the API
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  std::optional<http::TlsFiles> tls;
  std::vector<CentreId> centres;            ///< empty: those of the directory, or all
  std::filesystem::path directory;          ///< empty: this node is the whole city
  std::filesystem::path catalogue_source;   ///< compiled at the start when it is newer than the snapshot
  std::string peer_authority;               ///< PEM; empty: the system's authorities
  http::Limits limits;
};

}  // namespace tongban::server
