// Opening a carried application at the window: POST /api/v1/staff/carried and its answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "shared/base/expected.h"
#include "shared/casework/model.h"

namespace tongban::wire::json {

/// {"carried":"base64url"}: the octets that the codes hold.
std::string write_carried(ByteView octets);
Expected<Bytes> read_carried(std::string_view text);

/// {"application":{…}}, with "number" and "centre" when the application is here already.
struct OpenedCarried {
  casework::Application application;
  CaseNumber number;
  CentreId centre;  ///< that has it
  bool operator==(const OpenedCarried&) const = default;
};
std::string write_opened_carried(const OpenedCarried& opened);
Expected<OpenedCarried> read_opened_carried(std::string_view text);

}  // namespace tongban::wire::json
