// What an undo brings back: the photo that was removed or replaced last, wherever it was. Its octets stay on the device
// until the next action, and no longer.
#pragma once

#include <functional>
#include <optional>
#include <utility>

#include "client/app/photo_box.h"

namespace tongban::app {

class LastRemoval {
 public:
  LastRemoval(Model& model, PhotoBox& photos) : model_(model), photos_(photos) {}

  /// Offers the undo under the words of a toast. `put_back` runs before the removal is forgotten.
  void offer(Word said, Photo gone, std::function<void()> put_back) {
    forget();
    gone_ = std::move(gone);
    put_back_ = std::move(put_back);
    model_.toast = Toast{std::string(model_.words()(said)), true, std::nullopt};
  }

  void undo() {
    if (!gone_) return;
    const Photo gone = *std::exchange(gone_, std::nullopt);
    std::exchange(put_back_, {})();
    photos_.drop({gone});   // only where nothing took it back
  }

  void forget() {
    if (!gone_) return;
    const Photo gone = *std::exchange(gone_, std::nullopt);
    put_back_ = {};
    photos_.drop({gone});
  }

 private:
  Model& model_;
  PhotoBox& photos_;
  std::optional<Photo> gone_;
  std::function<void()> put_back_;
};

}  // namespace tongban::app
