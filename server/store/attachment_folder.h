// Attachments as files: DATA/materials/ab/abcdef… , the name being the digest in hexadecimal. What is still coming lies
// in DATA/materials/part; what no longer is what its name says, in DATA/materials/damaged.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>

#include "server/ports/attachments.h"
#include "server/store/material_files.h"
#include "server/store/part_upload.h"

namespace tongban::store {

class AttachmentFolder final : public server::Attachments, public server::OldMaterials {
 public:
  /// Makes the folder, and throws away what an earlier crash left half written, but for parts that can go on. Nothing new is
  /// taken while less than `keep_free` octets of the disk are free: http.storage_full.
  static Expected<AttachmentFolder> open(const std::filesystem::path& folder, std::uint64_t keep_free = 0);

  Expected<std::unique_ptr<server::Upload>> begin(const crypto::Digest& digest) override;
  std::optional<server::StoredMaterial> find(const crypto::Digest& digest) const override;
  server::Condition check(const crypto::Digest& digest) override;
  std::uint64_t kept(const crypto::Digest& digest) const override;
  Expected<std::unique_ptr<server::Upload>> resume(const crypto::Digest& digest, std::uint64_t offset) override;
  bool has(const crypto::Digest& digest) const override;
  bool renew(const crypto::Digest& digest) override;

  std::vector<crypto::Digest> on_shelf(std::size_t shelf, Time before) const override;
  void watch() override;
  void stop_watching() override;
  bool discard(const crypto::Digest& digest, Time before) override;

 private:
  AttachmentFolder(std::filesystem::path folder, std::uint64_t keep_free) : folder_(std::move(folder)), keep_free_(keep_free) {}
  Expected<void> check_room() const;
  bool lasts(const crypto::Digest& digest) const;
  void forget_old_parts();

  std::filesystem::path folder_;
  std::uint64_t keep_free_;
  std::map<crypto::Digest, std::weak_ptr<Claim>> claims_;
  std::shared_ptr<FreshNames> fresh_ = std::make_shared<FreshNames>();
  std::chrono::steady_clock::time_point forgot_at_{};

  /// What has been asked for, while somebody watches. Held while a file is looked for and while one is taken away, so that
  /// whoever has heard that it is there is heard before it goes.
  struct Watch {
    std::mutex mutex;
    bool on = false;
    std::set<crypto::Digest> asked_for;
  };
  std::unique_ptr<Watch> watch_ = std::make_unique<Watch>();
};

}  // namespace tongban::store
