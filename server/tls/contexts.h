// TLS as this node speaks it: with the public, and with other nodes. Contexts are made from files, so that a
// renewed certificate is a new context; connections that stand keep the old one until they end.
#pragma once

#include <openssl/types.h>

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <optional>
#include <string>

#include "shared/base/expected.h"

namespace tongban::tls {

/// PEM: the certificate with its chain, and its private key.
struct Files {
  std::string certificate, key;
};

/// How a node shows itself to others, and who vouches for them (PEM, one authority or several).
struct PeerLine {
  Files own;
  std::string authority;
};

using Context = std::unique_ptr<boost::asio::ssl::context>;

/// Browsers: TLS 1.3, and of 1.2 only suites with forward secrecy and authenticated encryption. BadCertificate.
Expected<Context> for_public(const Files& files);
/// Nodes that call: TLS 1.3, and no handshake without a certificate of the authority. BadCertificate.
Expected<Context> for_callers(const PeerLine& line);
/// Calling other nodes, with the own certificate. BadCertificate.
Expected<Context> for_calling(const PeerLine& line);

/// The node that the other side's verified certificate names (subjectAltName URI "tongban:node:NAME"); empty when it
/// names none. Nothing when the other side has shown no certificate.
std::optional<std::string> node_of(const SSL* connection);

inline constexpr ErrorCode BadCertificate{"tls.bad_certificate", "证书或私钥读不出来。", "The certificate or its key cannot be read."};

}  // namespace tongban::tls
