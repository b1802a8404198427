#include "shared/wire/parcel.h"

#include "shared/base/octets.h"
#include "shared/wire/envelope.h"
#include "shared/wire/parts.h"

namespace tongban::wire {
namespace {

constexpr std::string_view magic = "TBPA";
constexpr std::uint16_t format = 1;

}  // namespace

Expected<Bytes> write_parcel(const Parcel& parcel, const crypto::SealingPublic& to, const ports::CentreKeys& keys,
                             ports::Random& random) {
  Writer inside;
  inside.text(parcel.from.text()).text(parcel.to.text()).raw(parcel.file);
  const auto key = keys.signing_key_id(parcel.from);
  const auto sealed = crypto::seal(to, inside.bytes(), random);
  if (!key || !sealed) return envelope_errors::NoKey;
  Writer writer;
  writer.raw(as_bytes(magic)).u16(format).text(parcel.from.text()).text(parcel.to.text()).raw(*key).blob(*sealed);
  const auto signature = keys.sign(parcel.from, writer.bytes());
  if (!signature) return envelope_errors::NoKey;
  return std::move(writer.raw(*signature)).bytes();
}

Expected<Parcel> open_parcel(ByteView bytes, const ports::CentreKeys& keys, const KeyOf& key_of, Instant now) {
  Reader reader(bytes);
  if (as_text(reader.raw(magic.size())) != magic) return envelope_errors::Malformed;
  if (reader.u16() != format) return envelope_errors::Version;
  Parcel parcel;
  parcel.from = take_id<CentreId>(reader);
  parcel.to = take_id<CentreId>(reader);
  crypto::KeyId id{};
  reader.raw(id);
  const ByteView sealed = reader.blob();
  reader.raw(crypto::Signature{}.size());
  if (!reader.done()) return envelope_errors::Malformed;
  const auto key = key_of(parcel.from, id, now);
  if (!key) return envelope_errors::NoKey;
  if (!envelope_signed_by(bytes, *key)) return envelope_errors::Signature;
  const auto opened = keys.open(parcel.to, sealed);
  if (!opened) return envelope_errors::Unsealable;
  Reader inside(*opened);
  const CentreId from = take_id<CentreId>(inside), to = take_id<CentreId>(inside);
  if (!inside.good() || from != parcel.from || to != parcel.to) return envelope_errors::Address;
  const ByteView file = inside.rest();
  parcel.file.assign(file.begin(), file.end());
  return parcel;
}

}  // namespace tongban::wire
