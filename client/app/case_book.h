// My cases: kept with their secret on this device, refreshed from the node, mended and withdrawn.
#pragma once

#include <optional>

#include "client/app/file_sender.h"
#include "client/app/intent.h"
#include "client/app/outbox.h"
#include "client/app/last_removal.h"
#include "shared/crypto/key_list.h"

namespace tongban::app {

class CaseBook {
 public:
  CaseBook(Model& model, Outlet& outlet, Vault& vault, PhotoBox& photos, LastRemoval& removal)
      : model_(model), outlet_(outlet), vault_(vault), photos_(photos), removal_(removal), sender_(outlet) {}

  void restore(const event::Stored& stored);
  /// A submission was received: keeps the case, then calls `kept`.
  void keep(const OutboxEntry& sent, const casework::CaseView& view, Bytes receipt, Bytes told, std::function<void()> kept);

  /// Asks the node about all cases that are not closed, or about one.
  void refresh_all();
  void refresh(const CaseNumber& number);
  /// Goes on with what was waiting for the network.
  void wake();
  /// Sends again what is due.
  void tick();
  std::optional<Instant> next_deadline() const;
  /// Checks the receipts' signatures with the city's keys.
  void verify(const crypto::KeyList* keys);

  void apply(const intent::LookupNumber& intent);
  void apply(const intent::LookupCode& intent);
  void apply(const intent::LookupCase& intent);
  void apply(const intent::MendBring& intent);
  void apply(const intent::MendPhoto& intent);
  void apply(const intent::MendRemove& intent);
  void apply(const intent::SendMending& intent);
  void withdraw(const CaseNumber& number, const std::string& reason);

 private:
  CaseEntry* find(const CaseNumber& number);
  void told(CaseEntry& entry, const event::Response& response);
  void save(const CaseEntry& entry, std::function<void(bool)> then = {});
  void send_mending(CaseEntry& entry);
  void post_mending(CaseEntry& entry);
  /// A photo that was taken again lies on the device: it takes the place of the old one.
  void put_in_place(CaseEntry* entry, const std::string& material, const std::string& old, const Photo& photo);
  /// The device no longer has it: it must be taken anew.
  void lost_photo(CaseEntry& entry, const Photo& photo);
  /// A supplement was not taken: later the same again, or the fault is the person's to mend.
  void not_taken(CaseEntry& entry, const event::Response& response);
  std::vector<std::pair<std::string, std::string>> authorization(const CaseEntry& entry) const;

  Model& model_;
  Outlet& outlet_;
  Vault& vault_;
  PhotoBox& photos_;
  LastRemoval& removal_;
  FileSender sender_;
  const crypto::KeyList* keys_ = nullptr;
};

}  // namespace tongban::app
