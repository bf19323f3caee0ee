// The workloads and their parameters for people, from the registry and the visits that read them:
// what `wukong workloads` prints and docs/workloads.md says.
#pragma once

#include <span>
#include <string>

#include "workloads/catalog/workload.h"

namespace wukong::experiment {

// A line each: key and summary.
std::string list_workloads(std::span<const workloads::Workload> workloads);
// One, with its parameters and an example. Throws Error if there is none of that name.
std::string show_workload(std::span<const workloads::Workload> workloads, const std::string& name);
// Of one if `name` says which, or of all: a list of {key, summary, example, parameters}.
std::string workloads_json(std::span<const workloads::Workload> workloads, const std::string& name);
// docs/workloads.md.
std::string workloads_markdown(std::span<const workloads::Workload> workloads);

}  // namespace wukong::experiment
