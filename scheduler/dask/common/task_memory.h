// What a task needs of the memory of a Dask process, and how memory is written in messages.
#pragma once

#include <string>

#include "workloads/dag/dag.h"

namespace wukong::dask_common {

// Its inputs, each once, its outputs, and what it needs beside them.
Bytes dask_task_memory(const dag::Dag& dag, TaskId task);

// E.g. "1.8 GB": with one decimal; what was needed is rounded upwards, so that it does not look
// equal to what there was.
std::string dask_bytes_text(Bytes bytes);
std::string dask_needed_text(Bytes needed);

}  // namespace wukong::dask_common
