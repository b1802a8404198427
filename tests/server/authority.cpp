#include "tests/server/authority.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <functional>

namespace tongban::tests {
namespace fs = std::filesystem;

namespace {

std::shared_ptr<EVP_PKEY> fresh_key() { return {EVP_EC_gen("P-256"), EVP_PKEY_free}; }

void extend(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

std::shared_ptr<X509> blank(const std::string& subject, EVP_PKEY* key, std::chrono::hours until) {
  std::shared_ptr<X509> certificate(X509_new(), X509_free);
  X509_set_version(certificate.get(), X509_VERSION_3);
  std::uint32_t serial = 0;
  RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -std::chrono::seconds(std::chrono::hours(48)).count());
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), std::chrono::seconds(until).count());
  X509_set_pubkey(certificate.get(), key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(subject.c_str()),
                             -1, -1, 0);
  return certificate;
}

void write(const fs::path& path, const std::function<void(std::FILE*)>& put) {
  std::FILE* file = std::fopen(path.c_str(), "w");
  put(file);
  std::fclose(file);
}

}  // namespace

Authority::Authority(fs::path folder) : folder_(std::move(folder)), key_(fresh_key()), certificate_(blank("Test authority", key_.get(), std::chrono::hours(24))) {
  fs::create_directories(folder_);
  X509_set_issuer_name(certificate_.get(), X509_get_subject_name(certificate_.get()));
  extend(certificate_.get(), certificate_.get(), NID_basic_constraints, "critical,CA:TRUE");
  X509_sign(certificate_.get(), key_.get(), EVP_sha256());
  write(certificate(), [&](std::FILE* file) { PEM_write_X509(file, certificate_.get()); });
}

tls::Files Authority::issue(const std::string& name, const Issue& issue) const {
  const tls::Files files{folder_ / (name + ".crt"), folder_ / (name + ".key")};
  const auto key = fresh_key();
  const auto certificate = blank(name, key.get(), issue.valid_until);
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate_.get()));
  extend(certificate.get(), certificate_.get(), NID_ext_key_usage, "serverAuth,clientAuth");
  extend(certificate.get(), certificate_.get(), NID_subject_alt_name,
         "IP:127.0.0.1" + (issue.node.empty() ? std::string() : ",URI:tongban:node:" + issue.node));
  X509_sign(certificate.get(), key_.get(), EVP_sha256());
  write(files.certificate, [&](std::FILE* file) { PEM_write_X509(file, certificate.get()); });
  write(files.key, [&](std::FILE* file) { PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
  return files;
}

}  // namespace tongban::tests
