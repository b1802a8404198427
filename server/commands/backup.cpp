#include <iostream>

#include "server/commands/commands.h"
#include "server/commands/store_access.h"
#include "server/node/backup.h"
#include "server/platform/clock.h"

namespace tongban::server {
namespace {

struct BackupFlags : StoreFlags {
  std::string folder;
  bool keys = false;
};

int back_up(const BackupFlags& flags) {
  const auto database = database_of(flags);
  if (!database) return fail(database.error());
  const auto made = server::back_up(flags.data, flags.folder, flags.keys ? WithKeys::Yes : WithKeys::No, platform::SystemClock{}.now(), *database);
  if (!made) return fail(made.error());
  std::cout << "backed up as of " << to_rfc3339(made->made_at) << ": the database, " << made->materials << " materials (" << made->linked << " as links), "
            << (flags.keys ? "and the keys: keep this folder as safe as them" : "without the keys: keep a copy of them elsewhere") << '\n';
  return 0;
}

int restore(const BackupFlags& flags) {
  const auto database = database_of(flags);
  if (!database) return fail(database.error());
  const auto made = server::restore(flags.folder, flags.data, *database);
  if (!made) return fail(made.error());
  std::cout << "restored as of " << to_rfc3339(made->made_at) << ", " << made->materials << " materials. At its next start the node asks the others for what came\n"
            << "after; until all have answered it can only be read.\n";
  return 0;
}

}  // namespace

void add_backup_commands(CLI::App& app, int& exit_code) {
  auto flags = std::make_shared<BackupFlags>();
  auto& making = *app.add_subcommand("backup", "Copy a node's data as of now, also while it runs");
  add_store_options(making, *flags);
  making.add_option("folder", flags->folder, "A new or empty folder")->required();
  making.add_flag("--keys", flags->keys, "With the keys: whoever has them can sign as these centres");
  making.callback([flags, &exit_code] { exit_code = back_up(*flags); });
  auto& taking = *app.add_subcommand("restore", "Put a backup into a data folder that has no database, or into an empty one");
  add_store_options(taking, *flags);
  taking.add_option("folder", flags->folder, "What tongban backup has made")->required()->check(CLI::ExistingDirectory);
  taking.callback([flags, &exit_code] { exit_code = restore(*flags); });
}

}  // namespace tongban::server
