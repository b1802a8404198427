#include "shared/wire/json/application.h"

#include "shared/wire/json/parts.h"

namespace tongban::wire::json {

std::string write_application(const casework::Application& application) {
  Output out;
  write(out, application);
  return out.take();
}

Expected<casework::Application> read_application(std::string_view text) {
  Reading reading(text);
  casework::Application application = read_application(reading, reading.root(), "");
  return result(reading, std::move(application));
}

std::string write_walk_in(const WalkIn& walk_in) {
  Output out;
  out.object();
  write_members(out, walk_in.application);
  out.id_if("chosen", walk_in.chosen).end_object();
  return out.take();
}

Expected<WalkIn> read_walk_in(std::string_view text) {
  Reading reading(text);
  Members members(reading, reading.root(), "");
  WalkIn walk_in;
  walk_in.application = read_application(members);
  walk_in.chosen = members.id_or_empty<CentreId>("chosen");
  members.finish();
  return result(reading, std::move(walk_in));
}

}  // namespace tongban::wire::json
