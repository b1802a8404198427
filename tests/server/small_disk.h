// A disk of a few megabytes, to be filled: where the test's process may mount one.
#pragma once

#include <filesystem>
#include <string>

namespace tongban::tests {

/// Mounted at `at` as long as it lives, and seen by nobody but this process.
class SmallDisk {
 public:
  enum class Kind { Ext4, Memory };
  static constexpr std::uint64_t octets = 64 << 20;

  /// `image` is where the octets of an Ext4 lie.
  SmallDisk(Kind kind, const std::filesystem::path& at, const std::filesystem::path& image);
  ~SmallDisk();
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  /// Not so where mounting needs rights that the test hasn't: there is nothing to test on, then.
  bool mounted() const { return mounted_; }
  /// Whether there was nothing to test on for any of them.
  static bool any_refused() { return any_refused_; }

  /// Takes all room but so much.
  void fill_up_to(std::uint64_t free_octets) const;
  void make_room() const { std::filesystem::remove(ballast()); }

 private:
  std::filesystem::path ballast() const { return at_ / "ballast"; }

  std::filesystem::path at_;
  bool mounted_ = false;
  static inline bool any_refused_ = false;
};

}  // namespace tongban::tests
