#include "server/node/root.h"

#include "server/node/trust_errors.h"
#include "server/platform/files.h"
#include "server/platform/key_files.h"
#include "shared/crypto/key_list.h"

namespace tongban::server {
namespace fs = std::filesystem;
using platform::Mode;

namespace {

constexpr const char* pinned_name = "city.pub";
constexpr const char* changes_name = "root-changes.bin";

Expected<crypto::PublicKey> read_pinned(const fs::path& file) {
  const auto bytes = platform::read_file(file);
  if (!bytes) {
    Error error = bytes.error();
    const auto there = platform::is_there(file);
    if (there && !*there) error.detail += "; is this a node's data folder? (--data)";
    return error;
  }
  auto text = as_text(*bytes);
  while (!text.empty() && text.back() <= ' ') text.remove_suffix(1);
  const auto key = from_hex(text);
  if (!key || key->size() != 32) return Error(trust_errors::NoRoot, file.string());
  crypto::PublicKey out{};
  std::copy(key->begin(), key->end(), out.begin());
  return out;
}

Expected<Bytes> read_changes(const fs::path& keys) {
  TRY(const bool there, platform::is_there(keys / changes_name));
  return there ? platform::read_file(keys / changes_name) : Expected<Bytes>(Bytes{});
}

/// As the present root signed it, or already as the next.
Expected<crypto::KeyList> signed_by_either(ByteView bytes, const crypto::SigningKey& present, const crypto::SigningKey& next, const fs::path& file) {
  auto list = crypto::verify_key_list(bytes, next.public_key());
  if (!list) list = crypto::verify_key_list(bytes, present.public_key());
  return list ? list : Error(*list.error().code, file.string());
}

}  // namespace

Expected<Root> Root::open(const fs::path& keys) {
  Root root;
  TRY(const auto pinned, read_pinned(keys / pinned_name));
  TRY(root.changes, read_changes(keys));
  const auto followed = crypto::follow_root_changes(root.changes, pinned);
  if (!followed) return Error(*followed.error().code, (keys / changes_name).string());
  root.key = *followed;
  return root;
}

Expected<void> write_root(const fs::path& keys, const crypto::PublicKey& root) {
  return platform::replace_file(keys / pinned_name, as_bytes(to_hex(root) + '\n'), Mode::Public);
}

Expected<crypto::PublicKey> rotate_root(const fs::path& city, ports::Random& random) {
  const fs::path file = city / "city.key", next_file = city / "city.key.next", list_file = city / "list.bin";
  TRY(const auto present, platform::read_key(file));
  TRY(const auto list_bytes, platform::read_file(list_file));
  TRY(auto changes, read_changes(city));
  TRY(const auto next, platform::read_or_make_key(next_file, random));
  TRY(auto list, signed_by_either(list_bytes, present, next, list_file));
  TRY(const auto led_to, crypto::follow_root_changes(changes, present.public_key()));
  if (led_to != next.public_key()) {
    const auto change = crypto::sign_root_change(present, next);
    changes.insert(changes.end(), change.begin(), change.end());
    TRY_VOID(platform::replace_file(city / changes_name, changes, Mode::Public));
  }
  ++list.version;
  TRY_VOID(platform::replace_file(list_file, crypto::sign_key_list(list, next), Mode::Public));
  TRY_VOID(write_root(city, next.public_key()));
  TRY_VOID(platform::move_file(next_file, file));
  return next.public_key();
}

}  // namespace tongban::server
