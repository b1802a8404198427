// The PostgreSQL that a whole program of tests shares; made when first asked for.
#pragma once

#include "tests/contract/cluster.h"

namespace tongban::tests {

Cluster& shared_cluster();

}  // namespace tongban::tests
