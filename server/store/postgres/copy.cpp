#include "server/store/postgres/copy.h"

#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <vector>

#include "server/store/disk.h"
#include "server/store/postgres/connection.h"
#include "server/store/postgres/libpq.h"

namespace tongban::store {
namespace {

/// Ours, and each parameter by the variable that libpq has for it.
std::vector<std::string> environment_for(const PostgresAddress& address) {
  std::vector<std::string> environment;
  for (char** variable = ::environ; *variable; ++variable) environment.emplace_back(*variable);
  const std::unique_ptr<PQconninfoOption, decltype(libpq().PQconninfoFree)> known(libpq().PQconndefaults(), libpq().PQconninfoFree);
  for (const auto* option = known.get(); option && option->keyword; ++option) {
    const auto told = address.parameters.find(option->keyword);
    if (told == address.parameters.end() || !option->envvar) continue;
    const auto name = std::string(option->envvar) + '=';
    std::erase_if(environment, [&](const std::string& variable) { return variable.starts_with(name); });
    environment.push_back(name + told->second);
  }
  return environment;
}

std::vector<char*> as_arguments(std::vector<std::string>& words) {
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  return arguments;
}

Expected<void> run_program(std::vector<std::string> words, const PostgresAddress& address) {
  auto environment = environment_for(address);
  pid_t child = 0;
  int status = 0;
  if (::posix_spawnp(&child, words.front().c_str(), nullptr, nullptr, as_arguments(words).data(), as_arguments(environment).data()) != 0)
    return Error(copy_errors::NotRun, words.front(), "not found");
  ::waitpid(child, &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  return Error(copy_errors::NotRun, words.front(), "see what it says above");
}

}  // namespace

Expected<void> dump_database(const PostgresAddress& address, const std::filesystem::path& file) {
  ::umask(0077);
  TRY_VOID(run_program({"pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--no-password", "--exclude-table-data=staff_session", "--file=" + file.string()}, address));
  return sync_path(file);
}

Expected<bool> is_empty_database(const PostgresAddress& address) {
  TRY(auto db, PostgresConnection::open(address));
  TRY(const auto table, db.ask("SELECT to_regclass('tongban_schema')"));
  return table.empty() || !table.front();
}

Expected<void> fill_database(const PostgresAddress& address, const std::filesystem::path& file) {
  const auto name = address.parameters.find("dbname");
  return run_program({"pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", "--no-password",
                      "--dbname=" + (name == address.parameters.end() ? std::string() : name->second), file.string()},
                     address);
}

}  // namespace tongban::store
