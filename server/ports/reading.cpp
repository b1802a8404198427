#include "server/ports/transaction.h"
#include "shared/base/octets.h"

namespace tongban::server {

Reading reading(std::string actor, std::string what, std::string record, Instant at) {
  Reading fresh;
  fresh.at = at;
  fresh.actor = std::move(actor);
  fresh.what = std::move(what);
  fresh.record = std::move(record);
  return fresh;
}

crypto::Digest reading_digest(const Reading& reading) {
  Writer writer;
  writer.raw(as_bytes("tongban.reading")).u64(reading.seq).i64(reading.at.ms).text(reading.actor).text(reading.what)
      .text(reading.record).raw(reading.previous);
  return crypto::digest(writer.bytes());
}

crypto::Digest log_digest(const LogEntry& entry) {
  Writer writer;
  writer.raw(as_bytes("tongban.exchange")).u64(entry.seq).i64(entry.at.ms).u8(static_cast<std::uint8_t>(entry.kind))
      .text(entry.holder.text()).raw(entry.envelope.octets).raw(entry.octets).raw(entry.previous);
  return crypto::digest(writer.bytes());
}

}  // namespace tongban::server
