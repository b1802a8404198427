// `tongban catalogue build | show | search | verify | diff`: installed into the program's command line.
#pragma once

#include <CLI/CLI.hpp>

namespace tongban::compiler {

/// Adds the subcommands. What they return (0 good, 1 a fault in the source or a file) is in `exit_code` after parsing.
void add_catalogue_commands(CLI::App& app, int& exit_code);

}  // namespace tongban::compiler
