// Reads the WfCommons project's WfFormat, versions 1.4 and 1.5, into a Workflow. Unknown members
// are ignored; everything else that is wrong is an Error, except a cycle, which is left to whoever
// orders the tasks.
#pragma once

#include "workloads/json_document.h"
#include "workloads/workflow.h"

namespace wukong::workloads {

Workflow read_wfformat(const JsonDocument& document);

}  // namespace wukong::workloads
