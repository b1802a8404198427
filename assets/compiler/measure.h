// `measure`: sizes and times of the catalogue, today's and ten times as large, for deploy/bench.
#pragma once

#include <CLI/CLI.hpp>

namespace tongban::compiler {

void add_measure_command(CLI::App& app, int& exit_code);

}  // namespace tongban::compiler
