// Photos and files of materials: checked, encrypted, kept in the device's store under their digest.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "client/app/model.h"
#include "client/app/outlet.h"
#include "client/app/vault.h"

namespace tongban::app {

class PhotoBox {
 public:
  PhotoBox(Model& model, Outlet& outlet, Vault& vault) : model_(model), outlet_(outlet), vault_(vault) {}

  /// What is wrong with a file, before it is taken in; nothing: it is fine. The type is read from its octets.
  struct Checked {
    std::optional<Word> fault;
    std::string media_type;
  };
  static Checked check(ByteView bytes);

  static Photo photo_of(ByteView bytes, std::string media_type, const PhotoLook& look);

  /// Encrypts a checked file into the device's store. `stored(ok)` is called when the device holds it, or could not.
  void keep(const Photo& photo, const Bytes& bytes, std::function<void(bool ok)> stored);
  /// The decrypted bytes; empty when the device no longer has them.
  void read(const Photo& photo, std::function<void(Bytes)> then);
  /// Sends the shell the picture that the screen shows, when a draft or a case has it.
  void show(const std::string& hex);
  /// Deletes those of `papers` that no draft, case or waiting application still uses.
  void drop(const std::vector<Photo>& photos);

 private:
  const Photo* find(std::string_view hex) const;
  bool in_use(const Photo& photo) const;

  Model& model_;
  Outlet& outlet_;
  Vault& vault_;
};

}  // namespace tongban::app
