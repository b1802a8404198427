#include "shared/wire/recall.h"

#include "shared/base/octets.h"
#include "shared/crypto/digest.h"
#include "shared/wire/envelope.h"
#include "shared/wire/parts.h"

namespace tongban::wire {
namespace {

constexpr std::string_view magic = "TBRE", page_magic = "TBRP";
constexpr std::uint16_t format = 2, page_format = 1;
/// Clocks differ; a recall that was overheard is worth nothing later.
constexpr std::chrono::minutes tolerance{10};

void put(Writer& writer, const Bookmark& place) { writer.raw(place.submission.octets).text(place.holder.text()); }

Bookmark take_bookmark(Reader& reader) {
  Bookmark place;
  reader.raw(place.submission.octets);
  place.holder = take_id<CentreId>(reader);
  return place;
}

/// Key id and signature at the end.
Expected<Bytes> signed_by(const CentreId& centre, Writer writer, const ports::CentreKeys& keys) {
  const auto key = keys.signing_key_id(centre);
  if (!key) return envelope_errors::NoKey;
  const auto signature = keys.sign(centre, writer.raw(*key).bytes());
  if (!signature) return envelope_errors::NoKey;
  return std::move(writer.raw(*signature)).bytes();
}

Expected<void> check_signature(Reader& reader, ByteView bytes, const CentreId& centre, const KeyOf& key_of, Instant now) {
  crypto::KeyId id{};
  crypto::Signature signature{};
  reader.raw(id);
  reader.raw(signature);
  if (!reader.done()) return envelope_errors::Malformed;
  const auto key = key_of(centre, id, now);
  if (!key) return envelope_errors::NoKey;
  if (!crypto::verify(*key, signature, bytes.first(bytes.size() - signature.size()))) return envelope_errors::Signature;
  return {};
}

}  // namespace

Expected<Bytes> write_recall(const Recall& recall, const ports::CentreKeys& keys) {
  Writer writer;
  writer.raw(as_bytes(magic)).u16(format).text(recall.from.text()).i64(recall.since.ms).i64(recall.at.ms);
  put(writer, recall.after);
  return signed_by(recall.from, std::move(writer), keys);
}

Expected<Recall> read_recall(ByteView bytes, const KeyOf& key_of, Instant now) {
  Reader reader(bytes);
  if (as_text(reader.raw(magic.size())) != magic) return envelope_errors::Malformed;
  if (reader.u16() != format) return envelope_errors::Version;
  Recall recall;
  recall.from = take_id<CentreId>(reader);
  recall.since.ms = reader.i64();
  recall.at.ms = reader.i64();
  recall.after = take_bookmark(reader);
  TRY_VOID(check_signature(reader, bytes, recall.from, key_of, now));
  if (recall.at < now + -tolerance || now + tolerance < recall.at) return recall_errors::Stale;
  return recall;
}

Expected<Bytes> write_recall_page(const RecallPage& page, ByteView recall, const ports::CentreKeys& keys) {
  Writer writer;
  writer.raw(as_bytes(page_magic)).u16(page_format).text(page.by.text()).raw(crypto::digest(recall)).flag(page.later);
  writer.u16(static_cast<std::uint16_t>(page.letters.size()));
  for (const EnvelopeId& letter : page.letters) writer.raw(letter.octets);
  writer.flag(page.more_after.has_value());
  if (page.more_after) put(writer, *page.more_after);
  return signed_by(page.by, std::move(writer), keys);
}

Expected<RecallPage> read_recall_page(ByteView bytes, ByteView recall, const KeyOf& key_of, Instant now) {
  Reader reader(bytes);
  if (as_text(reader.raw(page_magic.size())) != page_magic) return envelope_errors::Malformed;
  if (reader.u16() != page_format) return envelope_errors::Version;
  RecallPage page;
  page.by = take_id<CentreId>(reader);
  crypto::Digest asked{};
  reader.raw(asked);
  page.later = reader.flag();
  page.letters.resize(reader.count(reader.u16(), EnvelopeId{}.octets.size()));
  for (EnvelopeId& letter : page.letters) reader.raw(letter.octets);
  if (reader.flag()) page.more_after = take_bookmark(reader);
  TRY_VOID(check_signature(reader, bytes, page.by, key_of, now));
  if (asked != crypto::digest(recall)) return envelope_errors::Malformed;
  return page;
}

}  // namespace tongban::wire
