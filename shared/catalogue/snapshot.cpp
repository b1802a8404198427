#include "shared/catalogue/snapshot.h"

#include <zstd.h>

#include <algorithm>
#include <memory>

#include "shared/catalogue/codec.h"

namespace tongban::catalogue {
namespace {

constexpr std::string_view snapshot_magic = "TBSNAP";
constexpr std::string_view delta_magic = "TBDELT";
constexpr std::uint16_t newest_format = 1;
constexpr std::size_t longest_edition = 64;

void put(Bytes& out, ByteView bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

template <typename T>
void put_number(Bytes& out, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

/// Takes fields off the front; once something is missing, nothing more is taken.
class Fields {
 public:
  explicit Fields(ByteView bytes) : rest_(bytes) {}

  ByteView take(std::size_t size) {
    if (size > rest_.size()) good_ = false;
    if (!good_) return {};
    const ByteView taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
  }
  template <typename T>
  T number() {
    T value = 0;
    const ByteView octets = take(sizeof(T));
    for (std::size_t i = 0; i < octets.size(); ++i) value = static_cast<T>(value | static_cast<T>(octets[i]) << (8 * i));
    return value;
  }
  template <std::size_t Size>
  void fill(std::array<std::uint8_t, Size>& array) {
    const ByteView octets = take(Size);
    if (octets.size() == Size) std::copy(octets.begin(), octets.end(), array.begin());
  }
  std::string edition() {
    const std::size_t size = number<std::uint8_t>();
    if (size > longest_edition) good_ = false;
    return std::string(as_text(take(size)));
  }
  bool good() const { return good_; }
  ByteView rest() const { return rest_; }

 private:
  ByteView rest_;
  bool good_ = true;
};

/// What the signature covers: the header's octets and the digest of the packed ones.
Bytes signed_octets(ByteView header, ByteView packed) {
  Bytes octets(header.begin(), header.end());
  put(octets, crypto::digest(packed));
  return octets;
}

Bytes finish(Bytes header, ByteView packed, const crypto::SigningKey& key) {
  put_number(header, static_cast<std::uint32_t>(packed.size()));
  const crypto::Signature signature = crypto::sign(key, signed_octets(header, packed));
  put(header, signature);
  put(header, packed);
  return header;
}

template <typename Header>
struct Verified {
  Header header;
  ByteView packed;
};

/// Whom to ask whether a file may be trusted.
enum class Trust : std::uint8_t { Listed, Anyone };

Expected<void> check_signature(const KeyId& id, const crypto::Signature& signature, ByteView octets, const std::vector<PublicKey>& trusted) {
  for (const PublicKey& key : trusted) {
    if (crypto::key_id(key) != id) continue;
    if (!crypto::verify(key, signature, octets)) return Error(snapshot_errors::Untrusted, {}, "signature");
    return {};
  }
  return Error(snapshot_errors::Untrusted, {}, "key " + to_hex(id));
}

/// The tail that snapshots and deltas share: packed size, signature, packed octets, nothing after.
template <typename Header>
Expected<Verified<Header>> verify_tail(ByteView file, Fields fields, Header header, const std::vector<PublicKey>& trusted, Trust trust) {
  const std::uint32_t packed_size = fields.number<std::uint32_t>();
  const std::size_t header_size = file.size() - fields.rest().size();
  crypto::Signature signature{};
  fields.fill(signature);
  if (!fields.good() || fields.rest().size() != packed_size) return Error(snapshot_errors::Damaged, {}, "length");
  if (trust == Trust::Listed) TRY_VOID(check_signature(header.key, signature, signed_octets(file.first(header_size), fields.rest()), trusted));
  if (header.raw_size > unpack_cap) return Error(snapshot_errors::TooLarge);
  return Verified<Header>{std::move(header), fields.rest()};
}

/// The magic and the format, which come first in both.
Expected<std::uint16_t> begin(Fields& fields, std::string_view magic) {
  if (as_text(fields.take(magic.size())) != magic) return Error(snapshot_errors::Damaged, {}, "magic");
  const std::uint16_t format = fields.number<std::uint16_t>();
  if (!fields.good() || format == 0) return Error(snapshot_errors::Damaged, {}, "format");
  if (format > newest_format) return Error(snapshot_errors::Newer);
  return format;
}

Expected<Verified<SnapshotHeader>> verify_snapshot(ByteView file, const std::vector<PublicKey>& trusted, Trust trust = Trust::Listed) {
  Fields fields(file);
  SnapshotHeader header;
  TRY(header.format, begin(fields, snapshot_magic));
  header.version = fields.number<std::uint32_t>();
  header.edition = fields.edition();
  header.raw_size = fields.number<std::uint32_t>();
  fields.fill(header.raw_digest);
  fields.fill(header.key);
  return verify_tail(file, fields, std::move(header), trusted, trust);
}

Expected<Verified<DeltaHeader>> verify_delta(ByteView file, const std::vector<PublicKey>& trusted) {
  Fields fields(file);
  DeltaHeader header;
  TRY(header.format, begin(fields, delta_magic));
  header.from = fields.number<std::uint32_t>();
  header.to = fields.number<std::uint32_t>();
  fields.fill(header.from_digest);
  header.edition = fields.edition();
  header.raw_size = fields.number<std::uint32_t>();
  fields.fill(header.raw_digest);
  fields.fill(header.key);
  return verify_tail(file, fields, std::move(header), trusted, Trust::Listed);
}

struct FreeContext {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

/// One frame of exactly `raw_size` octets with that digest; `prefix` is what a delta refers to.
Expected<Bytes> unpack(ByteView packed, ByteView prefix, std::uint32_t raw_size, const Digest& raw_digest) {
  if (ZSTD_getFrameContentSize(packed.data(), packed.size()) != raw_size) return Error(snapshot_errors::Damaged, {}, "frame size");
  const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
  if (!context) return Error(snapshot_errors::TooLarge, {}, "no memory");
  if (!prefix.empty() && ZSTD_isError(ZSTD_DCtx_refPrefix(context.get(), prefix.data(), prefix.size())))
    return Error(snapshot_errors::Damaged, {}, "prefix");
  Bytes raw(raw_size);
  const std::size_t size = ZSTD_decompressDCtx(context.get(), raw.data(), raw.size(), packed.data(), packed.size());
  if (ZSTD_isError(size) || size != raw_size) return Error(snapshot_errors::Damaged, {}, "packed");
  if (crypto::digest(raw) != raw_digest) return Error(snapshot_errors::Damaged, {}, "digest");
  return raw;
}

}  // namespace

Expected<SnapshotHeader> read_snapshot_header(ByteView file, const std::vector<PublicKey>& trusted) {
  TRY(auto verified, verify_snapshot(file, trusted));
  return std::move(verified.header);
}

Expected<Unpacked> unpack_snapshot(ByteView file, const std::vector<PublicKey>& trusted) {
  TRY(auto verified, verify_snapshot(file, trusted));
  TRY(Bytes raw, unpack(verified.packed, {}, verified.header.raw_size, verified.header.raw_digest));
  return Unpacked{std::move(verified.header), std::move(raw)};
}

Expected<Unpacked> unpack_unverified(ByteView file) {
  TRY(auto verified, verify_snapshot(file, {}, Trust::Anyone));
  TRY(Bytes raw, unpack(verified.packed, {}, verified.header.raw_size, verified.header.raw_digest));
  return Unpacked{std::move(verified.header), std::move(raw)};
}

Expected<Catalogue> open_snapshot(ByteView file, const std::vector<PublicKey>& trusted) {
  TRY(auto unpacked, unpack_snapshot(file, trusted));
  TRY(auto catalogue, decode(unpacked.canonical));
  if (catalogue.version != unpacked.header.version) return Error(snapshot_errors::Damaged, {}, "version");
  return catalogue;
}

Expected<DeltaHeader> read_delta_header(ByteView file, const std::vector<PublicKey>& trusted) {
  TRY(auto verified, verify_delta(file, trusted));
  return std::move(verified.header);
}

Expected<Unpacked> apply_delta(ByteView delta, ByteView canonical, const std::vector<PublicKey>& trusted) {
  TRY(auto verified, verify_delta(delta, trusted));
  const DeltaHeader& header = verified.header;
  if (crypto::digest(canonical) != header.from_digest) return Error(snapshot_errors::WrongBase);
  TRY(Bytes raw, unpack(verified.packed, canonical, header.raw_size, header.raw_digest));
  return Unpacked{{header.format, header.to, header.edition, header.raw_size, header.raw_digest, header.key}, std::move(raw)};
}

Bytes assemble_snapshot(SnapshotHeader header, ByteView packed, const crypto::SigningKey& key) {
  Bytes out;
  put(out, as_bytes(snapshot_magic));
  put_number(out, header.format);
  put_number(out, header.version);
  out.push_back(static_cast<std::uint8_t>(header.edition.size()));
  put(out, as_bytes(header.edition));
  put_number(out, header.raw_size);
  put(out, header.raw_digest);
  put(out, key.id());
  return finish(std::move(out), packed, key);
}

Bytes assemble_delta(DeltaHeader header, ByteView packed, const crypto::SigningKey& key) {
  Bytes out;
  put(out, as_bytes(delta_magic));
  put_number(out, header.format);
  put_number(out, header.from);
  put_number(out, header.to);
  put(out, header.from_digest);
  out.push_back(static_cast<std::uint8_t>(header.edition.size()));
  put(out, as_bytes(header.edition));
  put_number(out, header.raw_size);
  put(out, header.raw_digest);
  put(out, key.id());
  return finish(std::move(out), packed, key);
}

}  // namespace tongban::catalogue
