// DAGs of one's own: DagBuilder makes a Dag. Part of the API of this version (version.h).
#pragma once

#include "workloads/dag/dag.h"          // IWYU pragma: export
#include "workloads/dag/dag_builder.h"  // IWYU pragma: export
#include "workloads/dag/dag_form.h"     // IWYU pragma: export
