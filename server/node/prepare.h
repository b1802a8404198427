// Makes a data folder ready to serve: keys, trust, catalogue and first accounts, each only where it is missing.
#pragma once

#include <string>
#include <vector>

#include "server/node/accounts.h"
#include "server/node/options.h"
#include "server/node/trust.h"

namespace tongban::server {

/// Where things lie under DATA.
struct DataPaths {
  explicit DataPaths(const std::filesystem::path& data)
      : keys(data / "keys"), catalogue(data / "catalogue"), materials(data / "materials"), store(data / "tongban.db"),
        dump(data / "tongban.dump"), directory(data / "directory.bin"), owed(data / "readings.owed") {}
  std::filesystem::path keys, catalogue, materials, store;
  std::filesystem::path dump;  ///< in a backup: what was in a PostgreSQL
  std::filesystem::path directory;
  std::filesystem::path owed;  ///< room for readings while the disk is full
};

struct Prepared {
  Trust trust;
  platform::CentreKeyFile keys;
  std::vector<crypto::SealingKey> intake;  ///< empty: this node opens nothing that is carried
  std::vector<CentreId> centres;
  std::shared_ptr<const catalogue::Catalogue> catalogue;
};

/// The node's centre keys, signing with those that the directory vouches for; fresh ones for `centres` without any.
Expected<platform::CentreKeyFile> centre_keys(const DataPaths& paths, const std::vector<CentreId>& centres, const wire::Directory& directory,
                                              ports::Random& random, Instant now);

Expected<Prepared> prepare(const NodeOptions& options, ports::Random& random, Instant now);

/// A password that was made up for an account, to be shown once.
struct FirstPassword {
  NewAccount account;
  std::string password;
};
/// Empty when the node has accounts already.
Expected<std::vector<FirstPassword>> make_first_accounts(Ledger& ledger, const std::vector<CentreId>& centres, ports::Random& random, Instant now);

/// `tongban directory make`: two or more nodes on trial under one folder, each with a share of the districts.
struct TrialNode {
  NodeId name;
  std::string address;
};
Expected<void> make_trial_directory(const std::filesystem::path& data, const std::vector<TrialNode>& nodes,
                                    const std::filesystem::path& catalogue_source, const std::filesystem::path& out,
                                    ports::Random& random, Instant now);

}  // namespace tongban::server
