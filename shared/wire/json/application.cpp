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

}  // namespace tongban::wire::json
