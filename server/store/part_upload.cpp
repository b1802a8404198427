#include "server/store/part_upload.h"

#include <fcntl.h>
#include <unistd.h>

#include "server/store/disk.h"

namespace tongban::store {
namespace {

class PartUpload final : public server::Upload {
 public:
  PartUpload(int fd, std::filesystem::path part, std::filesystem::path name, const crypto::Digest& digest, bool from_start,
             std::shared_ptr<Claim> claim, std::shared_ptr<FreshNames> fresh)
      : fd_(fd), part_(std::move(part)), name_(std::move(name)), digest_(digest), from_start_(from_start), claim_(std::move(claim)), fresh_(std::move(fresh)) {}
  ~PartUpload() override { ::close(fd_); }
  PartUpload(const PartUpload&) = delete;
  PartUpload& operator=(const PartUpload&) = delete;

  Expected<void> write(ByteView piece) override;
  Expected<void> finish() override;

 private:
  int fd_;
  std::filesystem::path part_, name_;
  crypto::Digest digest_;
  bool from_start_;
  std::shared_ptr<Claim> claim_;
  std::shared_ptr<FreshNames> fresh_;
  TypeCheck type_;
};

Expected<void> PartUpload::write(ByteView piece) {
  if (!claim_->holds()) return Error(attachment_errors::Superseded);
  if (from_start_) TRY_VOID(type_.see(piece));
  return append(fd_, piece);
}

Expected<void> PartUpload::finish() {
  if (!claim_->begin_check()) return Error(attachment_errors::Superseded);
  const auto digest = digest_of(fd_);
  if (digest && *digest == digest_) return give_name(fd_, part_, name_, *fresh_);
  // Nothing of it can be relied on: the next attempt begins anew.
  ::unlink(part_.c_str());
  return digest ? Error(attachment_errors::WrongDigest) : digest.error();
}

}  // namespace

Expected<std::unique_ptr<server::Upload>> open_part(const std::filesystem::path& part, const std::filesystem::path& name,
                                                    const crypto::Digest& digest, std::uint64_t offset, std::shared_ptr<Claim> claim,
                                                    std::shared_ptr<FreshNames> fresh) {
  const int fd = uninterrupted([&] { return ::open(part.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600); });
  if (fd < 0) return file_failure("opening a material");
  auto upload = std::make_unique<PartUpload>(fd, part, name, digest, offset == 0, std::move(claim), std::move(fresh));
  if (uninterrupted([&] { return ::ftruncate(fd, static_cast<off_t>(offset)); }) != 0) return file_failure("cutting a material");
  return std::unique_ptr<server::Upload>(std::move(upload));
}

}  // namespace tongban::store
