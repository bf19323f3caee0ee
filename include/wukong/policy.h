// What a policy is, and the services that it uses. Part of the API of this version (version.h).
#pragma once

#include "scheduler/policy/initial_objects.h"  // IWYU pragma: export
#include "scheduler/policy/options.h"          // IWYU pragma: export
#include "scheduler/policy/policy.h"           // IWYU pragma: export
#include "scheduler/policy/system.h"           // IWYU pragma: export
#include "sim/base/fields.h"                   // IWYU pragma: export
#include "sim/engine/engine.h"                 // IWYU pragma: export
#include "sim/engine/sync.h"                   // IWYU pragma: export
#include "sim/functions/environment.h"         // IWYU pragma: export
#include "sim/functions/lambda_client.h"       // IWYU pragma: export
#include "sim/hosts/machine.h"                 // IWYU pragma: export
#include "sim/hosts/task_runner.h"             // IWYU pragma: export
#include "sim/hosts/values.h"                  // IWYU pragma: export
#include "sim/platform/platform.h"             // IWYU pragma: export
#include "sim/platform/platform_spec.h"        // IWYU pragma: export
#include "sim/storage/message_queue.h"         // IWYU pragma: export
#include "sim/storage/metadata_store.h"        // IWYU pragma: export
#include "sim/storage/object_store.h"          // IWYU pragma: export
#include "sim/storage/storage_spec.h"          // IWYU pragma: export
