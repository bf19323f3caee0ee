// Policies, executors and handlers as plain blocking code. Part of the API of this version
// (version.h).
#pragma once

#include "runtime/blocking/fibers.h"    // IWYU pragma: export
#include "runtime/blocking/services.h"  // IWYU pragma: export
