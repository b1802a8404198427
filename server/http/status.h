// Which HTTP status stands for which fault.
#pragma once

#include "shared/base/error.h"

namespace tongban::http {

/// By the code's name; what no rule names is the input's fault: 422.
int status_of(const Error& error);

}  // namespace tongban::http
