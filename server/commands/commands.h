// The subcommands of `tongban`, one file a group. Each leaves its result (0 good) in `exit_code`.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "shared/base/error.h"

namespace tongban::server {

/// serve
void add_serve_command(CLI::App& app, int& exit_code);
/// staff add | list | passwd | lock | unlock
void add_staff_commands(CLI::App& staff, int& exit_code);
/// backup, restore
void add_backup_commands(CLI::App& app, int& exit_code);
/// drill
void add_drill_command(CLI::App& app, int& exit_code);
/// exchange status | custody | resend, log verify
void add_exchange_commands(CLI::App& app, int& exit_code);
/// keys init-city | list | rotate, directory make | show | verify | rekey | retire
void add_trust_commands(CLI::App& app, int& exit_code);

/// Says what went wrong, for a person at a terminal; gives 1.
int fail(const Error& error);

}  // namespace tongban::server
