// catalogue_tool: the build's own program over the same commands, before there is a server.
#include "assets/compiler/command.h"
#include "assets/compiler/measure.h"

int main(int argc, char** argv) {
  CLI::App app("Compiles, shows, searches, verifies and measures the catalogue");
  int exit_code = 0;
  tongban::compiler::add_catalogue_commands(app, exit_code);
  tongban::compiler::add_measure_command(app, exit_code);
  CLI11_PARSE(app, argc, argv);
  return exit_code;
}
