// What both ways of writing a material share: octets into a file, the judgement of their type, and the moment in which
// a finished file gets its name.
#pragma once

#include <filesystem>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

#include "shared/base/bytes.h"
#include "shared/base/expected.h"
#include "shared/crypto/digest.h"

namespace tongban::store {

namespace attachment_errors {
inline constexpr ErrorCode WrongDigest{"material.digest", "材料传输出错，请重新上传。", "The material arrived damaged. Upload it again."};
inline constexpr ErrorCode WrongType{"material.type", "只接受 JPEG、PNG 图片或 PDF 文件。", "Only JPEG or PNG pictures and PDF files are taken."};
inline constexpr ErrorCode WrongOffset{"material.offset", "续传位置不对，请从已收到的位置继续。",
                                       "The upload must go on where it has stopped."};
inline constexpr ErrorCode Superseded{"material.superseded", "同一份材料正在另一处上传。", "The same material is being uploaded elsewhere."};
inline constexpr ErrorCode Busy{"http.busy", "系统繁忙，请稍后再试，已填内容不会丢失。",
                                "The system is busy. Try again shortly; nothing you entered is lost."};
inline constexpr ErrorCode Full{"http.storage_full", "中心的存储已满，暂时不能接收，请稍后再试或到窗口办理。",
                                "The centre's storage is full. Try later, or come to a window."};
inline constexpr ErrorCode Failed{"store.failed", "系统出错了，请稍后再试。", "Something went wrong here. Try again later."};
}  // namespace attachment_errors

/// "image/jpeg", "image/png", "application/pdf"; empty for anything else.
std::string_view media_type_of(ByteView first_octets);

/// Judges a material by its first octets, as soon as there are enough of them.
class TypeCheck {
 public:
  /// WrongType.
  Expected<void> see(ByteView piece);
  bool passed() const { return !media_type_of(first_).empty(); }

 private:
  Bytes first_;
};

/// Names that lie in their folder and may not be on the disk yet: of such a material nobody may be told that it is there.
/// From any thread.
class FreshNames {
 public:
  void begin(const std::filesystem::path& name);
  void ended(const std::filesystem::path& name);
  bool has(const std::filesystem::path& name) const;

 private:
  mutable std::mutex mutex_;
  std::multiset<std::string> names_;  ///< the same material may come from two at a time
};

/// The error for what `errno` says: Full, or Failed.
Error file_failure(std::string_view what);
Expected<void> append(int fd, ByteView piece);
/// Of all that lies in the file; WrongType.
Expected<crypto::Digest> digest_of(int fd);
/// Syncs the file, gives it its name, and syncs that. A sync that fails ends the process, as one of the database does: tried
/// again it would succeed, and what was acknowledged then would be gone with the power. http.storage_full, store.failed.
Expected<void> give_name(int fd, const std::filesystem::path& part, const std::filesystem::path& name, FreshNames& fresh);

}  // namespace tongban::store
