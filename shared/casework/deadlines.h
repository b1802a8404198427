// Until when something must be done, by the holiday calendar; the clock stands while the resident is asked for something.
#pragma once

#include <optional>
#include <vector>

#include "shared/casework/model.h"
#include "shared/catalogue/model.h"

namespace tongban::casework {

enum class DeadlineKind : std::uint8_t {
  Transfer,    ///< within one working day of receiving (收件后 1 个工作日内转办)
  Decide,      ///< the item's limit, from acceptance
  Supplement,  ///< what the notice of return says
};

struct Deadline {
  DeadlineKind kind{};
  Date date{};
  bool provisional = false;  ///< beyond the last published holiday notice
  bool operator==(const Deadline&) const = default;
};

/// Those that run now. An item of unknown limit has no deadline to decide; while a case is returned only
/// Supplement runs. `item` may be null: the catalogue doesn't know it any more.
std::vector<Deadline> deadlines(const CaseFile& file, const catalogue::Item* item, const catalogue::Calendar& calendar);

}  // namespace tongban::casework
