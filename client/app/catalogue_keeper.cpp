#include "client/app/catalogue_keeper.h"

#include <utility>

#include "client/app/plain_json.h"
#include "shared/base/octets.h"
#include "shared/catalogue/codec.h"
#include "shared/catalogue/places.h"
#include "shared/catalogue/snapshot.h"

namespace tongban::app {
namespace {

constexpr std::uint8_t trust_format = 1;
constexpr std::uint8_t age_format = 1;

std::uint32_t to_number(const std::map<std::string, std::string>& headers, const char* name) {
  const auto found = headers.find(name);
  std::uint32_t value = 0;
  if (found == headers.end()) return value;
  for (char c : found->second) {
    if (c < '0' || c > '9' || value > 400'000'000) return 0;
    value = value * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return value;
}

Bytes encode_age(Instant fetched) { return Writer().u8(age_format).i64(fetched.ms).bytes(); }

Instant decode_age(ByteView bytes) {
  Reader reader(bytes);
  if (reader.u8() != age_format) return {};
  const Instant fetched{reader.i64()};
  return reader.done() ? fetched : Instant{};
}

}  // namespace

void CatalogueKeeper::start() {
  outlet_.load("catalogue", [this](const event::Stored& stored) { restore(stored); });
}

void CatalogueKeeper::restore(const event::Stored& stored) {
  for (const auto& row : stored.rows) {
    if (row.key == "snapshot") snapshot_ = row.blob;
    if (row.key == "delta") delta_ = row.blob;
    if (row.key == "age") model_.shelf.fetched = decode_age(row.blob);
    if (row.key == "pinyin") {
      auto pinyin = catalogue::Pinyin::open(row.blob);
      has_pinyin_ = pinyin.has_value();
      if (pinyin) pinyin_ = std::move(*pinyin);
    }
    if (row.key == "trust") {
      Reader reader(row.blob);
      crypto::PublicKey root{};
      const bool known = reader.u8() == trust_format;
      reader.raw(root);
      const ByteView list = reader.blob();
      if (!known || !reader.done()) continue;
      root_ = root;
      key_list_.assign(list.begin(), list.end());
      if (auto keys = crypto::verify_key_list(key_list_, root)) keys_ = std::move(*keys);
    }
  }
  // A stored update that no longer fits is dropped; the snapshot below it still serves.
  if (keys_ && !snapshot_.empty() && !open(snapshot_, delta_)) {
    delta_.clear();
    open(snapshot_, {});
  }
  refresh();
}

void CatalogueKeeper::refresh() {
  if (!model_.online) {
    if (!catalogue_) fail(false);
    return;
  }
  model_.shelf.updating = true;
  if (!catalogue_) model_.shelf.state = ShelfState::Loading;
  fetch_keys();
}

void CatalogueKeeper::fetch_keys() {
  outlet_.get("/catalogue/keys.json", [this](const event::Response& response) { take_keys(response); });
}

void CatalogueKeeper::take_keys(const event::Response& response) {
  if (response.status != 200) return fail(false);
  const auto texts = read_texts(as_text(response.body));
  const auto root = from_base64url(texts.at("root"));
  const auto list = from_base64url(texts.at("list"));
  if (!root || root->size() != std::tuple_size_v<crypto::PublicKey> || !list) return fail(true);
  crypto::PublicKey offered{};
  std::copy(root->begin(), root->end(), offered.begin());
  crypto::PublicKey trusted_root = root_.value_or(offered);
  if (offered != trusted_root) {
    // The city has a new root: only statements that begin with the one that we hold can say so.
    const auto changes = from_base64url(texts.at("root_changes"));
    if (!changes) return fail(true);
    const auto next = crypto::follow_root_changes(*changes, trusted_root);
    if (!next || *next != offered) return fail(true);
    trusted_root = offered;
  }
  auto keys = crypto::verify_key_list(*list, trusted_root);
  if (!keys || (keys_ && keys->version < keys_->version)) return fail(true);
  root_ = trusted_root;
  keys_ = std::move(*keys);
  if (key_list_ != *list) {
    key_list_ = *list;
    store_trust();
    if (catalogue_ && changed_) changed_();   // receipts may be signed by a key that is new on it
  }
  ask_version();
}

void CatalogueKeeper::ask_version() {
  if (!has_pinyin_) fetch_pinyin();
  if (!catalogue_) return fetch_snapshot();
  outlet_.fetch({.method = "HEAD", .url = "/catalogue/current.snap", .headers = {}, .body = {}}, [this](const event::Response& response) {
    const auto newest = to_number(response.headers, "tongban-catalogue");
    if (response.status != 200 || newest <= catalogue_->version) return fail(false);
    fetch_pinyin();
    fetch_delta(snapshot_version_, newest);
  });
}

void CatalogueKeeper::fetch_delta(std::uint32_t from, std::uint32_t to) {
  const std::string url = "/catalogue/delta/" + std::to_string(from) + "-" + std::to_string(to);
  outlet_.get(url, [this](const event::Response& response) {
    if (response.status != 200 || !open(snapshot_, response.body)) return fetch_snapshot();
    delta_ = response.body;
    model_.shelf.fetched = model_.now;
    outlet_.put("catalogue", "delta", delta_);
    outlet_.put("catalogue", "age", encode_age(model_.now));
  });
}

void CatalogueKeeper::fetch_snapshot() {
  outlet_.get("/catalogue/current.snap", [this](const event::Response& response) {
    if (response.status != 200) return fail(false);
    if (!open(response.body, {})) return fail(true);
    snapshot_ = response.body;
    delta_.clear();
    model_.shelf.fetched = model_.now;
    outlet_.put("catalogue", "snapshot", snapshot_);
    outlet_.remove("catalogue", "delta");
    outlet_.put("catalogue", "age", encode_age(model_.now));
  });
}

void CatalogueKeeper::fetch_pinyin() {
  outlet_.get("/catalogue/pinyin.bin", [this](const event::Response& response) {
    if (response.status != 200) return;
    auto pinyin = catalogue::Pinyin::open(response.body);
    if (!pinyin) return;
    pinyin_ = std::move(*pinyin);
    has_pinyin_ = true;
    outlet_.put("catalogue", "pinyin", response.body);
    index_.reset();
    if (catalogue_) catalogue::name_places(*catalogue_, pinyin_);
    if (catalogue_ && changed_) changed_();
  });
}

bool CatalogueKeeper::open(ByteView snapshot, ByteView delta) {
  auto unpacked = catalogue::unpack_snapshot(snapshot, trusted());
  if (!unpacked) return false;
  const std::uint32_t base = unpacked->header.version;
  if (!delta.empty()) {
    auto newer = catalogue::apply_delta(delta, unpacked->canonical, trusted());
    if (!newer) return false;
    unpacked = std::move(newer);
  }
  auto opened = catalogue::decode_signed(unpacked->canonical);
  // Versions only go up: an older file is never taken, whoever signed it.
  if (!opened || (catalogue_ && opened->version < catalogue_->version)) return false;
  snapshot_version_ = base;
  adopt(std::move(*opened));
  return true;
}

void CatalogueKeeper::adopt(catalogue::Catalogue opened) {
  index_.reset();
  catalogue_ = std::make_unique<catalogue::Catalogue>(std::move(opened));
  catalogue::name_places(*catalogue_, pinyin_);
  model_.shelf.catalogue = catalogue_.get();
  model_.shelf.state = ShelfState::Ready;
  model_.shelf.updating = false;
  if (changed_) changed_();
}

const catalogue::SearchIndex* CatalogueKeeper::index() {
  if (!index_ && catalogue_) index_.emplace(*catalogue_, pinyin_);
  return index_ ? &*index_ : nullptr;
}

void CatalogueKeeper::fail(bool broken) {
  model_.shelf.updating = false;
  if (!catalogue_) model_.shelf.state = broken ? ShelfState::Broken : ShelfState::Missing;
}

void CatalogueKeeper::lend(catalogue::Catalogue catalogue, const catalogue::Pinyin& pinyin) {
  pinyin_ = pinyin;
  has_pinyin_ = true;
  adopt(std::move(catalogue));
}

std::vector<crypto::PublicKey> CatalogueKeeper::trusted() const {
  // The list names the keys that are good; their dates are the node's to mind. The device's clock may be wrong, and
  // a wrong clock must not close the portal.
  std::vector<crypto::PublicKey> keys;
  if (!keys_) return keys;
  for (const auto& listed : keys_->keys)
    if (listed.purpose == crypto::KeyPurpose::Catalogue) keys.push_back(listed.key);
  return keys;
}

void CatalogueKeeper::store_trust() {
  outlet_.put("catalogue", "trust", Writer().u8(trust_format).raw(*root_).blob(key_list_).bytes());
}

}  // namespace tongban::app
