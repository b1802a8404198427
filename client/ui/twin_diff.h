// The keyed comparison behind twin.h.
#pragma once

#include <string>
#include <vector>

#include "client/ui/twin.h"

namespace tongban::ui {

/// Operations that turn elements `before` into `after`, both in document order.
std::string diff_records(const std::vector<TwinRecord>& before, const std::vector<TwinRecord>& after);

}  // namespace tongban::ui
