#include "server/tls/contexts.h"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <string_view>

namespace tongban::tls {
namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr std::string_view node_uri = "tongban:node:";

Expected<Context> with_certificate(asio::ssl::context::method method, const Files& files) {
  auto context = std::make_unique<asio::ssl::context>(method);
  error_code failed;
  context->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_compression, failed);
  SSL_CTX_set_options(context->native_handle(), SSL_OP_NO_RENEGOTIATION);
  // Idle connections give OpenSSL's own buffers back; the stream's (two of 17 KB) stay as long as it does.
  SSL_CTX_set_mode(context->native_handle(), SSL_MODE_RELEASE_BUFFERS);
  context->use_certificate_chain_file(files.certificate, failed);
  if (failed) return Error(BadCertificate, files.certificate, failed.message());
  context->use_private_key_file(files.key, asio::ssl::context::pem, failed);
  if (failed) return Error(BadCertificate, files.key, failed.message());
  return context;
}

Expected<Context> with_peers(asio::ssl::context::method method, const PeerLine& line) {
  TRY(auto context, with_certificate(method, line.own));
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_3_VERSION);
  SSL_CTX_set_verify(context->native_handle(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  // A resumed session would go on with a certificate that has meanwhile expired.
  SSL_CTX_set_session_cache_mode(context->native_handle(), SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context->native_handle(), 0);
  error_code failed;
  context->load_verify_file(line.authority, failed);
  if (failed) return Error(BadCertificate, line.authority, failed.message());
  return context;
}

}  // namespace

Expected<Context> for_public(const Files& files) {
  TRY(auto context, with_certificate(asio::ssl::context::tls_server, files));
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(context->native_handle(), "ECDHE+AESGCM:ECDHE+CHACHA20");
  SSL_CTX_set_options(context->native_handle(), SSL_OP_CIPHER_SERVER_PREFERENCE);
  return context;
}

Expected<Context> for_callers(const PeerLine& line) { return with_peers(asio::ssl::context::tls_server, line); }

Expected<Context> for_calling(const PeerLine& line) { return with_peers(asio::ssl::context::tls_client, line); }

std::optional<std::string> node_of(const SSL* connection) {
  const X509* certificate = SSL_get0_peer_certificate(connection);
  if (!certificate) return std::nullopt;
  const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)), GENERAL_NAMES_free);
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_URI) continue;
    const auto* text = name->d.uniformResourceIdentifier;
    const std::string_view uri(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)), static_cast<std::size_t>(ASN1_STRING_length(text)));
    if (uri.starts_with(node_uri)) return std::string(uri.substr(node_uri.size()));
  }
  return std::string();
}

}  // namespace tongban::tls
