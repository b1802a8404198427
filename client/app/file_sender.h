// Brings a photograph or document to the centre: a small one whole, a larger one in pieces, which go on where the line
// broke, be it in another visit.
#pragma once

#include <memory>

#include "client/app/draft.h"
#include "client/app/outlet.h"

namespace tongban::app {

class FileSender {
 public:
  /// Called with the answer that decided: 2xx means that the centre has all of it.
  using Done = Outlet::OnResponse;

  explicit FileSender(Outlet& outlet) : outlet_(outlet) {}

  void send(const Photo& photo, Bytes bytes, Done done);

 private:
  struct Sending {
    Photo photo;
    Bytes bytes;
    Done done;
    std::size_t at = 0;
    int setbacks = 0;  ///< answers that brought it no further
  };
  using Shared = std::shared_ptr<Sending>;

  void send_whole(const Shared& file);
  void ask_how_much(const Shared& file);
  void send_piece(const Shared& file);
  void piece_answered(const Shared& file, const event::Response& response);

  Outlet& outlet_;
};

}  // namespace tongban::app
