// Photographs and documents, by the digest of their octets. A material is written once, synced, and never
// changed; a row may name it only after `finish` has said that it is safely there. One that comes in pieces may stop
// at any of them, with its connection, its sender or the node, and go on later.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/expected.h"
#include "shared/crypto/digest.h"
#include "shared/ports/files.h"

namespace tongban::server {

/// One material on its way in.
class Upload {
 public:
  virtual ~Upload() = default;
  virtual Expected<void> write(ByteView piece) = 0;
  /// Compares the digest, syncs, and gives it its name. Waits for the disk: never on the network thread.
  virtual Expected<void> finish() = 0;
};

struct StoredMaterial {
  std::string path;
  std::uint64_t size = 0;
  std::string media_type;  ///< by its first octets, never by what a client says
};

/// What has become of a material's octets on the disk.
enum class Condition : std::uint8_t { Absent, Whole, Damaged, Unreadable };

/// What is kept of an unfinished material is a multiple of this, so that a torn end is never built upon.
inline constexpr std::uint64_t material_step = 64 * 1024;

class Attachments : public ports::Files {
 public:
  /// A material in one go: dropped unfinished, it leaves nothing behind. From any thread.
  virtual Expected<std::unique_ptr<Upload>> begin(const crypto::Digest& digest) = 0;
  /// From any thread.
  virtual std::optional<StoredMaterial> find(const crypto::Digest& digest) const = 0;
  /// Reads all of it again. One that the disk doesn't give is Unreadable, and stays. One that is damaged is put aside, and from then on is as one that was never there, so that it can
  /// come again. Waits for the disk: never on the network thread.
  virtual Condition check(const crypto::Digest& digest) = 0;
  bool has(const crypto::Digest& digest) const override { return find(digest).has_value(); }
  /// Whether it is there, for somebody who will rely on that: from now on it is as new as one that has just come.
  virtual bool renew(const crypto::Digest& digest) { return has(digest); }
  /// How much of an unfinished material is there; 0 also when there is nothing. From any thread.
  virtual std::uint64_t kept(const crypto::Digest& digest) const = 0;
  /// Goes on at `offset`, which must be what is kept; dropped unfinished, what has come stays for some days. Whoever
  /// was at it meanwhile has lost it. WrongOffset; Busy while its digest is being checked. On the network thread.
  virtual Expected<std::unique_ptr<Upload>> resume(const crypto::Digest& digest, std::uint64_t offset) = 0;
};

/// Materials that may be of no use to anybody. A step names a file only after it has asked for it (ports::Files::has) in the same
/// piece of work: so of what nobody has asked for since `watch`, only rows that were there before it can tell.
class OldMaterials {
 public:
  static constexpr std::size_t shelves = 256;
  using Time = std::filesystem::file_time_type;

  virtual ~OldMaterials() = default;
  /// Those of a shelf that came before then. From any thread but the network's.
  virtual std::vector<crypto::Digest> on_shelf(std::size_t shelf, Time before) const = 0;
  /// Remembers from now on which ones are asked for. From any thread, as the next.
  virtual void watch() = 0;
  virtual void stop_watching() = 0;
  /// Takes it away; false when somebody has asked for it since `watch`, or it has come anew.
  virtual bool discard(const crypto::Digest& digest, Time before) = 0;
};

}  // namespace tongban::server
