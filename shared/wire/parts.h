// Parts that several formats share. Internal to shared/wire.
#pragma once

#include "shared/base/octets.h"
#include "shared/casework/model.h"

namespace tongban::wire {

void put(Writer& writer, Date date);
void put(Writer& writer, const std::vector<casework::MaterialState>& materials);
void put(Writer& writer, const std::vector<casework::MaterialVerdict>& verdicts);
void put_optional_instant(Writer& writer, const std::optional<Instant>& instant);
void put(Writer& writer, const std::vector<casework::Digest>& digests);

Date take_date(Reader& reader);
std::vector<casework::Digest> take_digests(Reader& reader);
std::vector<casework::MaterialState> take_materials(Reader& reader);
std::vector<casework::MaterialVerdict> take_verdicts(Reader& reader);
std::optional<Instant> take_optional_instant(Reader& reader);
template <typename Id>
Id take_id(Reader& reader) {
  return Id(reader.text());
}

}  // namespace tongban::wire
