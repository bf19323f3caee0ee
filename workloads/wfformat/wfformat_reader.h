// Reads the WfCommons project's WfFormat, versions 1.3 to 1.6, into a Workflow. Unknown members are
// ignored; everything else that is wrong is an Error, except a cycle, which is left to whoever
// orders the tasks.
#pragma once

#include "workloads/wfformat/in_place_files.h"
#include "workloads/wfformat/json_document.h"
#include "workloads/wfformat/workflow.h"

namespace wukong::wfformat {

// Whether what the tasks ran is read, which matters only to who runs it again.
enum class RecordedCommands { skip, read };

struct WfformatReading {
  InPlaceFiles in_place_files = InPlaceFiles::error;
  std::optional<Bytes> missing_size = {};  // of a file without one; none: an error
  RecordedCommands commands = RecordedCommands::skip;
};

Workflow read_wfformat(const JsonDocument& document, const WfformatReading& options);

}  // namespace wukong::wfformat
