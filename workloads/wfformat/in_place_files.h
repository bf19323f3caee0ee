// Workflows in which a task writes a file that it reads: a database, a log. An object is written
// once, so each task that rewrites such a file gets a version of its own.
#pragma once

#include <string_view>
#include <vector>

#include "workloads/wfformat/workflow.h"

namespace wukong::wfformat {

enum class InPlaceFiles { error, versions };
constexpr std::string_view kInPlaceFilesNames[] = {"error", "versions"};

// Gives each of a file's updaters the version before its own to read, and the next one, a file
// "NAME (version N)", to write. They follow one another in the order of the workflow's other edges,
// and of the file where those leave it open. Whoever only reads the file gets the version of the
// last updater that comes before it by those edges; before all of them, the first version.
//
// Returns the tasks of a cycle in those other edges, and changes nothing then; empty: none.
std::vector<size_t> give_versions(Workflow& workflow);

}  // namespace wukong::wfformat
