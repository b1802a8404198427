// Keeps the catalogue: from the device's store at once, from the node when there is a newer one; verified before
// it is unpacked, and usable without a network ever after.
//
// What is stored is what was received: the signed snapshot, and beside it the newest signed delta from that snapshot
// (the node has one from each of its last versions). The city's root key is pinned on the first visit.
#pragma once

#include <memory>
#include <optional>

#include "client/app/model.h"
#include "client/app/outlet.h"
#include "shared/catalogue/pinyin.h"
#include "shared/catalogue/search.h"
#include "shared/crypto/key_list.h"

namespace tongban::app {

class CatalogueKeeper {
 public:
  CatalogueKeeper(Model& model, Outlet& outlet) : model_(model), outlet_(outlet) {}

  /// Reads what the device holds, then looks for a newer one.
  void start();
  /// Asks the node for its version; called when the network comes back and when the person asks.
  void refresh();
  /// Takes a catalogue that needs no verifying.
  void lend(catalogue::Catalogue catalogue, const catalogue::Pinyin& pinyin);

  /// Made when somebody first looks for something, since the first screen doesn't; null before there is a catalogue.
  const catalogue::SearchIndex* index();
  /// Keys of centres, for the signatures of receipts; null before any list was verified.
  const crypto::KeyList* keys() const { return keys_ ? &*keys_ : nullptr; }
  /// Runs after each change of the catalogue.
  void on_change(std::function<void()> then) { changed_ = std::move(then); }

 private:
  void restore(const event::Stored& stored);
  void fetch_keys();
  void take_keys(const event::Response& response);
  void ask_version();
  void fetch_delta(std::uint32_t from, std::uint32_t to);
  void fetch_snapshot();
  void fetch_pinyin();
  bool open(ByteView snapshot, ByteView delta);
  void adopt(catalogue::Catalogue catalogue);
  void fail(bool broken);
  std::vector<crypto::PublicKey> trusted() const;
  void store_trust();

  Model& model_;
  Outlet& outlet_;
  std::function<void()> changed_;
  std::optional<crypto::PublicKey> root_;
  Bytes key_list_;
  std::optional<crypto::KeyList> keys_;
  Bytes snapshot_, delta_;          // as received
  std::uint32_t snapshot_version_ = 0;
  catalogue::Pinyin pinyin_;
  bool has_pinyin_ = false;
  std::unique_ptr<catalogue::Catalogue> catalogue_;
  std::optional<catalogue::SearchIndex> index_;
};

}  // namespace tongban::app
