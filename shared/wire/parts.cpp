#include "shared/wire/parts.h"

namespace tongban::wire {

using casework::Attachment;
using casework::MaterialState;
using casework::MaterialVerdict;
using casework::MaterialWay;
using casework::Verdict;

// A day as year * 10000 + month * 100 + day: readable in a dump, and one value for one day.
void put(Writer& writer, Date date) {
  writer.u32(static_cast<std::uint32_t>(static_cast<int>(date.year())) * 10000 + static_cast<unsigned>(date.month()) * 100 +
             static_cast<unsigned>(date.day()));
}

Date take_date(Reader& reader) {
  const std::uint32_t value = reader.u32();
  const Date date{std::chrono::year(static_cast<int>(value / 10000)), std::chrono::month(value / 100 % 100), std::chrono::day(value % 100)};
  if (!date.ok() || value < 1'000'00'00 || value > 9999'12'31) reader.fail();
  return date;
}

void put(Writer& writer, const std::vector<casework::Digest>& digests) {
  writer.u16(static_cast<std::uint16_t>(digests.size()));
  for (const casework::Digest& digest : digests) writer.raw(digest);
}

std::vector<casework::Digest> take_digests(Reader& reader) {
  std::vector<casework::Digest> digests(reader.count(reader.u16(), sizeof(casework::Digest)));
  for (casework::Digest& digest : digests) reader.raw(digest);
  return digests;
}

void put(Writer& writer, const std::vector<MaterialState>& materials) {
  writer.u16(static_cast<std::uint16_t>(materials.size()));
  for (const MaterialState& material : materials) {
    writer.text(material.material).kind(material.way).u16(static_cast<std::uint16_t>(material.attachments.size()));
    for (const Attachment& attachment : material.attachments) {
      writer.raw(attachment.digest).text(attachment.media_type).u32(attachment.size);
    }
  }
}

std::vector<MaterialState> take_materials(Reader& reader) {
  std::vector<MaterialState> materials;
  const std::size_t count = reader.count(reader.u16(), 5);
  for (std::size_t i = 0; i < count && reader.good(); ++i) {
    MaterialState material;
    material.material = reader.text();
    material.way = reader.kind(MaterialWay::Attached);
    const std::size_t files = reader.count(reader.u16(), 38);
    for (std::size_t k = 0; k < files && reader.good(); ++k) {
      Attachment attachment;
      reader.raw(attachment.digest);
      attachment.media_type = reader.text();
      attachment.size = reader.u32();
      material.attachments.push_back(std::move(attachment));
    }
    materials.push_back(std::move(material));
  }
  return materials;
}

void put(Writer& writer, const std::vector<MaterialVerdict>& verdicts) {
  writer.u16(static_cast<std::uint16_t>(verdicts.size()));
  for (const MaterialVerdict& verdict : verdicts) writer.text(verdict.material).kind(verdict.verdict).text(verdict.reason);
}

std::vector<MaterialVerdict> take_verdicts(Reader& reader) {
  std::vector<MaterialVerdict> verdicts;
  const std::size_t count = reader.count(reader.u16(), 5);
  for (std::size_t i = 0; i < count && reader.good(); ++i) {
    MaterialVerdict verdict;
    verdict.material = reader.text();
    verdict.verdict = reader.kind(Verdict::Missing);
    verdict.reason = reader.text();
    verdicts.push_back(std::move(verdict));
  }
  return verdicts;
}

void put_optional_instant(Writer& writer, const std::optional<Instant>& instant) {
  writer.flag(instant.has_value());
  if (instant) writer.i64(instant->ms);
}

std::optional<Instant> take_optional_instant(Reader& reader) {
  if (!reader.flag()) return std::nullopt;
  return Instant{reader.i64()};
}

}  // namespace tongban::wire
