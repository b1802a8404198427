// Guides before anything is begun: their questions answered and their materials ticked, on the device at once.
#pragma once

#include "client/app/intent.h"
#include "client/app/outlet.h"
#include "client/app/vault.h"

namespace tongban::app {

class GuideDesk {
 public:
  GuideDesk(Model& model, Outlet& outlet, Vault& vault) : model_(model), outlet_(outlet), vault_(vault) {}

  /// Takes the device's records in; what was answered meanwhile stands.
  void restore(const event::Stored& stored);

  /// What another device sent along takes the place of what was answered here.
  void take(const ItemId& item, GuideNotes notes);
  void apply(const intent::AnswerGuide& intent);
  void apply(const intent::TickGuide& intent);

 private:
  void keep(const ItemId& item);

  Model& model_;
  Outlet& outlet_;
  Vault& vault_;
};

}  // namespace tongban::app
