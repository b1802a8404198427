// Attachments as files: DATA/materials/ab/abcdef… , the name being the digest in hexadecimal. What is still coming lies
// in DATA/materials/part; what no longer is what its name says, in DATA/materials/damaged.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>

#include "server/ports/attachments.h"
#include "server/store/material_files.h"
#include "server/store/part_upload.h"

namespace tongban::store {

class AttachmentFolder final : public server::Attachments {
 public:
  /// Makes the folder, and throws away what an earlier crash left half written, but for parts that can go on.
  static Expected<AttachmentFolder> open(const std::filesystem::path& folder);

  Expected<std::unique_ptr<server::Upload>> begin(const crypto::Digest& digest) override;
  std::optional<server::StoredMaterial> find(const crypto::Digest& digest) const override;
  std::uint64_t kept(const crypto::Digest& digest) const override;
  server::Condition check(const crypto::Digest& digest) override;
  Expected<std::unique_ptr<server::Upload>> resume(const crypto::Digest& digest, std::uint64_t offset) override;

 private:
  explicit AttachmentFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}
  void forget_old_parts();

  std::filesystem::path folder_;
  std::map<crypto::Digest, std::weak_ptr<Claim>> claims_;
  std::chrono::steady_clock::time_point forgot_at_{};
};

}  // namespace tongban::store
