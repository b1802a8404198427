#include "server/store/postgres/address.h"

#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <string_view>

#include "server/store/postgres/libpq.h"

namespace tongban::store {
namespace {

struct Default {
  const char *keyword, *value;
};

// https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-PARAMKEYWORDS; seconds, but tcp_user_timeout: milliseconds.
constexpr Default defaults[] = {
    {"connect_timeout", "5"},      {"keepalives_idle", "10"},        {"keepalives_interval", "3"},
    {"keepalives_count", "3"},     {"tcp_user_timeout", "15000"},    {"target_session_attrs", "read-write"},
};

Expected<PostgresAddress> parse(const std::string& text) {
  if (!libpq().is_here) return address_errors::NoLibrary;
  char* complaint = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(libpq().PQconninfoFree)> options(libpq().PQconninfoParse(text.c_str(), &complaint), libpq().PQconninfoFree);
  if (complaint) libpq().PQfreemem(complaint);  // it may repeat what was given, password included
  if (!options) return Error(address_errors::Malformed);
  PostgresAddress address;
  for (const auto* option = options.get(); option->keyword; ++option)
    if (option->val) address.parameters[option->keyword] = option->val;
  return address;
}

bool stays_here(const PostgresAddress& address) {
  const auto host = address.parameters.find("host");
  const char* usual = std::getenv("PGHOST");
  const std::string_view name = host != address.parameters.end() ? std::string_view(host->second) : usual ? usual : "";
  return name.empty() || name.starts_with('/') || name == "localhost" || name == "127.0.0.1" || name == "::1";
}

PostgresAddress with_defaults(PostgresAddress address) {
  for (const auto& [keyword, value] : defaults) address.parameters.emplace(keyword, value);
  // A service's section may say it too; libpq reads that only later, and ours would win.
  const bool told = std::getenv("PGSSLMODE") || std::getenv("PGSERVICE") || address.parameters.contains("service");
  if (!told && !stays_here(address)) address.parameters.emplace("sslmode", "verify-full");
  return address;
}

}  // namespace

Expected<PostgresAddress> postgres_address(const std::string& text) {
  TRY(auto address, parse(text));
  if (address.parameters.contains("password")) return Error(address_errors::PasswordShown);
  return with_defaults(std::move(address));
}

Expected<PostgresAddress> postgres_address_in(const std::filesystem::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0 || (status.st_mode & 077) != 0) return Error(address_errors::FileUnsafe, file.string());
  std::ifstream stream(file);
  std::string line;
  std::getline(stream, line);
  TRY(auto address, parse(line));
  return with_defaults(std::move(address));
}

}  // namespace tongban::store
