#include "shared/wire/recall.h"

#include "shared/base/octets.h"
#include "shared/wire/envelope.h"
#include "shared/wire/parts.h"

namespace tongban::wire {
namespace {

constexpr std::string_view magic = "TBRE";
constexpr std::uint16_t format = 1;
/// Clocks differ; a recall that was overheard is worth nothing later.
constexpr std::chrono::minutes tolerance{10};

}  // namespace

Expected<Bytes> write_recall(const Recall& recall, const ports::CentreKeys& keys) {
  const auto key = keys.signing_key_id(recall.from);
  if (!key) return envelope_errors::NoKey;
  Writer writer;
  writer.raw(as_bytes(magic)).u16(format).text(recall.from.text()).i64(recall.since.ms).i64(recall.at.ms).raw(*key);
  const auto signature = keys.sign(recall.from, writer.bytes());
  if (!signature) return envelope_errors::NoKey;
  return std::move(writer.raw(*signature)).bytes();
}

Expected<Recall> read_recall(ByteView bytes, const KeyOf& key_of, Instant now) {
  Reader reader(bytes);
  if (as_text(reader.raw(magic.size())) != magic) return envelope_errors::Malformed;
  if (reader.u16() != format) return envelope_errors::Version;
  Recall recall;
  recall.from = take_id<CentreId>(reader);
  recall.since.ms = reader.i64();
  recall.at.ms = reader.i64();
  crypto::KeyId id{};
  reader.raw(id);
  crypto::Signature signature{};
  reader.raw(signature);
  if (!reader.done()) return envelope_errors::Malformed;
  const auto key = key_of(recall.from, id, now);
  if (!key) return envelope_errors::NoKey;
  if (!crypto::verify(*key, signature, bytes.first(bytes.size() - signature.size()))) return envelope_errors::Signature;
  if (recall.at < now + -tolerance || now + tolerance < recall.at) return recall_errors::Stale;
  return recall;
}

}  // namespace tongban::wire
