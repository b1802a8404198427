// Parts that several bodies share, both directions. Internal to shared/wire/json.
#pragma once

#include "shared/casework/model.h"
#include "shared/wire/json/reading.h"
#include "shared/wire/json/writing.h"

namespace tongban::wire::json {

void write(Output& out, const char* name, const std::vector<casework::MaterialState>& materials);
void write(Output& out, const char* name, const std::vector<casework::MaterialVerdict>& verdicts);
void write(Output& out, const casework::Application& application);
/// Its members alone, in an object that may have others.
void write_members(Output& out, const casework::Application& application);
/// Only the members of that kind, as in README.md.
void write_payload(Output& out, casework::EventKind kind, const casework::EventPayload& payload);

std::vector<casework::MaterialState> read_materials(Members& members, const char* name, bool required);
std::vector<casework::MaterialVerdict> read_verdicts(Members& members, const char* name, bool required);
casework::Application read_application(Reading& reading, const Value& value, const std::string& where);
casework::Application read_application(Members& members);
casework::EventPayload read_payload(Members& members, casework::EventKind kind);

}  // namespace tongban::wire::json
