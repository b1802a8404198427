// An answer on its way out: its head, then its body or a file. Belongs to a session, which every step keeps alive.
#pragma once

#include <fcntl.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/write.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/http/message.h"

namespace tongban::http {

/// A file that is open for reading; closed when it goes.
class OpenFile {
 public:
  OpenFile() = default;
  explicit OpenFile(const std::string& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  OpenFile(OpenFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  OpenFile& operator=(OpenFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  bool is_open() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }
  /// The first octets; nothing when there are fewer.
  std::optional<std::string> read(std::size_t octets) const {
    std::string text(octets, '\0');
    const auto got = ::pread(descriptor_, text.data(), octets, 0);
    return got == static_cast<ssize_t>(octets) ? std::optional(std::move(text)) : std::nullopt;
  }

 private:
  int descriptor_ = -1;
};

/// `Owner` has `going_out(acknowledged)`, called at the beginning and whenever the line has taken some more, and
/// `written(error_code)`, called once at the end.
template <typename Stream, typename Owner>
class Outgoing {
 public:
  using error_code = boost::system::error_code;

  Outgoing(Stream& stream, std::string head, std::string body, OpenFile file, std::uint64_t file_size)
      : stream_(stream), head_(std::move(head)), body_(std::move(body)), file_(std::move(file)), file_size_(file_size) {}

  void send(std::shared_ptr<Owner> owner) {
    lead_ = lead();
    owner->going_out(0);
    const std::array<boost::asio::const_buffer, 2> parts{boost::asio::buffer(head_), boost::asio::buffer(body_)};
    write(parts, std::move(owner), [this](std::shared_ptr<Owner> still) {
      if (file_.is_open()) send_file(std::move(still));
      else still->written({});
    });
  }

  /// Octets that the other side has acknowledged since this began. What the kernel took says little of the reader: it takes
  /// megabytes at once.
  std::uint64_t acknowledged() const { return static_cast<std::uint64_t>(std::max<std::int64_t>(0, lead() - lead_)); }

 private:
  static constexpr bool has_socket_below = requires(Stream& stream) { stream.next_layer(); };
  static constexpr std::size_t piece_by_sendfile = 1 << 20, piece_by_buffer = 64 * 1024;

  int socket() const {
    if constexpr (has_socket_below) return stream_.next_layer().native_handle();
    else return stream_.native_handle();
  }
  /// What the kernel has been given, less what it still holds of it and of earlier answers.
  std::int64_t lead() const {
    int held = 0;
    ::ioctl(socket(), SIOCOUTQ, &held);
    return static_cast<std::int64_t>(given_) - held;
  }

  /// All of the buffers, then `next`; or the owner is told what came in their way.
  template <typename Buffers, typename Next>
  void write(const Buffers& buffers, std::shared_ptr<Owner> owner, Next next) {
    const auto watch = [this, owner, before = given_](error_code failed, std::size_t taken) -> std::size_t {
      given_ = before + taken;
      if (!failed && taken > 0) owner->going_out(acknowledged());
      return failed ? 0 : piece_by_buffer;
    };
    boost::asio::async_write(stream_, buffers, watch, [this, owner, next, before = given_](error_code failed, std::size_t taken) {
      given_ = before + taken;
      if (failed) return owner->written(failed);
      next(owner);
    });
  }

  void send_file(std::shared_ptr<Owner> owner) {
    if (at_ >= file_size_) return owner->written({});
    owner->going_out(acknowledged());
    if constexpr (has_socket_below) send_through_buffer(std::move(owner));
    else send_from_page_cache(std::move(owner));
  }

  // Straight from the page cache to the socket: no copy, no buffer.
  void send_from_page_cache(std::shared_ptr<Owner> owner) {
    error_code failed;
    stream_.native_non_blocking(true, failed);
    auto offset = static_cast<off_t>(at_);
    const auto sent = ::sendfile(stream_.native_handle(), file_.descriptor(), &offset, std::min<std::uint64_t>(file_size_ - at_, piece_by_sendfile));
    if (sent == 0 || (sent < 0 && errno != EAGAIN && errno != EINTR)) return owner->written(boost::asio::error::broken_pipe);
    if (sent > 0) at_ += static_cast<std::uint64_t>(sent), given_ += static_cast<std::uint64_t>(sent);
    if (at_ >= file_size_) return owner->written({});
    stream_.async_wait(Stream::wait_write, [this, owner = std::move(owner)](error_code stopped) mutable {
      if (stopped) return owner->written(stopped);
      send_file(std::move(owner));
    });
  }

  void send_through_buffer(std::shared_ptr<Owner> owner) {
    piece_.resize(std::min<std::uint64_t>(file_size_ - at_, piece_by_buffer));
    const auto got = ::pread(file_.descriptor(), piece_.data(), piece_.size(), static_cast<off_t>(at_));
    if (got <= 0) return owner->written(boost::asio::error::broken_pipe);
    at_ += static_cast<std::uint64_t>(got);
    write(boost::asio::buffer(piece_.data(), static_cast<std::size_t>(got)), std::move(owner),
          [this](std::shared_ptr<Owner> still) { send_file(std::move(still)); });
  }

  Stream& stream_;
  std::string head_, body_;
  OpenFile file_;
  std::uint64_t file_size_ = 0, at_ = 0;
  std::uint64_t given_ = 0;  ///< octets that the line has taken
  std::int64_t lead_ = 0;    ///< at the beginning
  std::vector<char> piece_;
};

}  // namespace tongban::http
