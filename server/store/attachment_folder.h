// Attachments as files: DATA/materials/ab/abcdef… , the name being the digest in hexadecimal.
#pragma once

#include <filesystem>

#include "server/ports/attachments.h"

namespace tongban::store {

namespace attachment_errors {
inline constexpr ErrorCode WrongDigest{"material.digest", "材料传输出错，请重新上传。", "The material arrived damaged. Upload it again."};
inline constexpr ErrorCode WrongType{"material.type", "只接受 JPEG、PNG 图片或 PDF 文件。", "Only JPEG or PNG pictures and PDF files are taken."};
inline constexpr ErrorCode Full{"http.storage_full", "中心的存储已满，暂时不能接收，请稍后再试或到窗口办理。",
                                "The centre's storage is full. Try later, or come to a window."};
}  // namespace attachment_errors

class AttachmentFolder final : public server::Attachments {
 public:
  /// Makes the folder, and throws away what an earlier crash left half written.
  static Expected<AttachmentFolder> open(const std::filesystem::path& folder);

  Expected<std::unique_ptr<server::Upload>> begin(const crypto::Digest& digest) override;
  std::optional<server::StoredMaterial> find(const crypto::Digest& digest) const override;

 private:
  explicit AttachmentFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}
  std::filesystem::path folder_;
};

/// "image/jpeg", "image/png", "application/pdf"; empty for anything else.
std::string_view media_type_of(ByteView first_octets);

}  // namespace tongban::store
