// The program `tongban`: its command line, and nothing else.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>

#include "assets/compiler/command.h"
#include "server/commands/commands.h"
#include "server/platform/files.h"
#include "server/platform/memory.h"

namespace {

/// CLI11 would only say that a subcommand is required.
bool knows_commands(const CLI::App& app, int argc, char** argv) {
  const CLI::App* group = &app;
  for (int i = 1; i < argc && argv[i][0] != '-' && group->get_require_subcommand_min() > 0; ++i) {
    const auto named = group->get_subcommands([word = std::string(argv[i])](const CLI::App* one) { return one->check_name(word); });
    if (named.empty()) {
      std::cerr << "tongban: there is no command \"" << argv[i] << "\"; see: tongban" << (group == &app ? "" : " " + group->get_name()) << " --help\n";
      return false;
    }
    group = named.front();
  }
  return true;
}

int run(int argc, char** argv) {
  CLI::App app{"Tongban (通办): a centre's node, its catalogue, its staff and its keys"};
  app.require_subcommand(1);
  app.set_help_all_flag("--help-all", "Help for every command");
  int exit_code = 0;
  tongban::server::add_serve_command(app, exit_code);
  tongban::compiler::add_catalogue_commands(*app.add_subcommand("catalogue", "Compile, look into and compare catalogues"), exit_code);
  tongban::server::add_staff_commands(*app.add_subcommand("staff", "Accounts of windows, reviewers, supervisors, city office"), exit_code);
  tongban::server::add_backup_commands(app, exit_code);
  tongban::server::add_exchange_commands(app, exit_code);
  tongban::server::add_trust_commands(app, exit_code);
  tongban::server::add_drill_command(app, exit_code);
  app.add_subcommand("version", "The program's version")->callback([] { std::cout << "tongban " TONGBAN_VERSION "\n"; });
  if (!knows_commands(app, argc, argv)) return static_cast<int>(CLI::ExitCodes::ExtrasError);
  CLI11_PARSE(app, argc, argv);
  return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  tongban::platform::end_without_memory();
  try {
    return run(argc, argv);
  } catch (const std::filesystem::filesystem_error& failed) {
    std::cerr << "tongban: " << failed.path1().string() << ": " << tongban::platform::reason(failed.code().value()) << '\n';
    return 1;
  }
}
