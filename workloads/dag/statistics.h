// What a Dag is like: counts, levels, bytes, and how much work it is on a given kind of host. For
// `wukong dag info`, for lower bounds in reports, and for checks before a run. Sums saturate.
#pragma once

#include <span>
#include <vector>

#include "sim/hosts/compute.h"
#include "workloads/dag/dag.h"

namespace wukong::dag {

struct DagShape {
  size_t tasks = 0;
  size_t edges = 0;
  size_t objects = 0;
  size_t leaves = 0;
  size_t sinks = 0;
  size_t depth = 0;  // levels, which is the longest path in tasks
  size_t width = 0;  // tasks of the largest level
  // Objects that are there before the run, that one task writes for another, and that nobody reads.
  ObjectSize inputs;
  ObjectSize intermediates;
  ObjectSize results;
  // What the tasks read and write if each input is fetched once for each task that lists it, and
  // each output is stored: what a system without any locality moves.
  ObjectSize reads;
  ObjectSize writes;
  Bytes largest_memory;  // of a task, see task_memory()
  TaskId largest_task;
};

DagShape shape_of(const Dag& dag);

// A task's level: the tasks on the longest path that leads to it. By task.
std::vector<uint32_t> task_levels(const Dag& dag);

// What must fit into a host's memory to run a task: its inputs, each once, its outputs, and what it
// needs beside them. By task.
std::vector<Bytes> task_memory(const Dag& dag);

// execution_time() of each task on a host of `vcpus`. By task.
std::vector<Duration> task_times(const Dag& dag, const hosts::ComputeSpec& compute, double vcpus);

struct Work {
  Duration work;  // of all tasks, one after another
  Duration span;  // of the slowest path: a lower bound of the makespan on any number of hosts

  // The lower bound on `hosts` hosts that run one task at a time. REQUIRES: hosts > 0.
  Duration makespan_bound(size_t hosts) const;
};

// REQUIRES: a time for each task.
Work work_of(const Dag& dag, std::span<const Duration> times);

}  // namespace wukong::dag
