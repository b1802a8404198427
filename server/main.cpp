// The program `tongban`: its command line, and nothing else.
#include <CLI/CLI.hpp>
#include <iostream>

#include "assets/compiler/command.h"
#include "server/commands/commands.h"
#include "server/platform/memory.h"

int main(int argc, char** argv) {
  tongban::platform::end_without_memory();
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
  CLI11_PARSE(app, argc, argv);
  return exit_code;
}
