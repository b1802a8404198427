// A certificate authority for tests: vouches for whom it is told to, also wrongly dated.
#pragma once

#include <openssl/types.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "server/tls/contexts.h"

namespace tongban::tests {

struct Issue {
  std::string node;                        ///< named as "tongban:node:NAME"; empty: no node is named
  std::chrono::hours valid_until{24};      ///< from now; negative: it has expired
};

class Authority {
 public:
  explicit Authority(std::filesystem::path folder);
  /// Writes NAME.crt and NAME.key; an earlier pair of that name is replaced.
  tls::Files issue(const std::string& name, const Issue& issue) const;
  /// A node's own certificate, and this authority to check others by.
  tls::PeerLine line(const std::string& node) const { return {issue(node, {node}), certificate()}; }
  std::string certificate() const { return (folder_ / "authority.crt").string(); }

 private:
  using Key = std::shared_ptr<EVP_PKEY>;
  using Certificate = std::shared_ptr<X509>;

  std::filesystem::path folder_;
  Key key_;
  Certificate certificate_;
};

}  // namespace tongban::tests
