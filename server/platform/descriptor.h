// A file that is open, closed when its owner goes.
#pragma once

#include <unistd.h>

#include <utility>

namespace tongban::platform {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  /// Below 0: it could not be opened, and errno says why.
  int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace tongban::platform
