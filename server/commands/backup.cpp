#include <iostream>

#include "server/commands/commands.h"
#include "server/commands/store_access.h"
#include "server/node/backup.h"
#include "server/platform/clock.h"

namespace tongban::server {
namespace {

struct BackupFlags : StoreFlags {
  std::string folder;
  bool keys = false, links = false;
};

/// Which materials are no longer what they were: 1, so that whoever runs this every night hears of it.
int tell_damaged(const std::vector<std::string>& damaged) {
  for (const auto& name : damaged) std::cerr << "tongban: damaged on the disk, and left out: materials/" << name.substr(0, 2) << '/' << name << '\n';
  return damaged.empty() ? 0 : 1;
}

int back_up(const BackupFlags& flags) {
  const auto database = database_of(flags);
  if (!database) return fail(database.error());
  const auto made = server::back_up(flags.data, flags.folder, flags.keys ? WithKeys::Yes : WithKeys::No, platform::SystemClock{}.now(), *database,
                                    flags.links ? CopyAs::Links : CopyAs::Copies);
  if (!made) return fail(made.error());
  std::cout << "backed up as of " << to_rfc3339(made->made_at) << ": the database, " << made->copied.materials << " materials (" << made->copied.linked << " as links), "
            << (flags.keys ? "and the keys: keep this folder as safe as them" : "without the keys: keep a copy of them elsewhere") << '\n';
  return tell_damaged(made->copied.damaged);
}

int restore(const BackupFlags& flags) {
  const auto database = database_of(flags);
  if (!database) return fail(database.error());
  const auto made = server::restore(flags.folder, flags.data, *database);
  if (!made) return fail(made.error());
  std::cout << "restored as of " << to_rfc3339(made->made_at) << ", " << made->copied.materials << " materials. At its next start the node asks the others for what came\n"
            << "after; until all have answered it can only be read. Accounts, passwords and residents' secrets are as of then, too, and nobody else\n"
            << "knows of later ones: lock again whom you have locked since (tongban staff), and give new secrets again that were given at windows.\n"
            << "Keys that came from the backup are as of then as well: bring the city's newest list.bin and directory before the start, since an\n"
            << "earlier list may name a key that has become known.\n";
  return tell_damaged(made->copied.damaged);
}

}  // namespace

void add_backup_commands(CLI::App& app, int& exit_code) {
  auto flags = std::make_shared<BackupFlags>();
  auto& making = *app.add_subcommand("backup", "Copy a node's data as of now, also while it runs");
  add_store_options(making, *flags);
  making.add_option("folder", flags->folder, "A new or empty folder")->required();
  making.add_flag("--keys", flags->keys, "With the keys: whoever has them can sign as these centres");
  making.add_flag("--links", flags->links, "Materials as hard links, which take no room: what the disk damages is then damaged in both");
  making.callback([flags, &exit_code] { exit_code = back_up(*flags); });
  auto& taking = *app.add_subcommand("restore", "Put a backup into a data folder that has no database, or into an empty one");
  add_store_options(taking, *flags);
  taking.add_option("folder", flags->folder, "What tongban backup has made")->required()->check(CLI::ExistingDirectory);
  taking.callback([flags, &exit_code] { exit_code = restore(*flags); });
}

}  // namespace tongban::server
