// A job: a system's client that submits one DAG to a platform and waits for the results.
#pragma once

#include <cstdint>
#include <string>

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::scheduler {
struct Options;
struct Policy;
}  // namespace wukong::scheduler

namespace wukong::run {

struct RunResult;

// All pointers outlive the job's run.
struct Job {
  std::string system;  // as results call it
  const scheduler::Policy* policy = nullptr;
  const scheduler::Options* options = nullptr;  // made by the policy
  std::string workload;                         // as results call it
  const dag::Dag* dag = nullptr;
};

// A job's result that has no end yet.
RunResult begin_result(const Job& job, uint64_t seed);

// The result of a job that cannot be run, for this reason.
RunResult refused_result(const Job& job, uint64_t seed, const std::string& reason);

}  // namespace wukong::run
