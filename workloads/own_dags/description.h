// A DAG as somebody has written it down, before its names are looked up: between the formats of
// files and the Dag. Each line of a file is kept for messages.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/base/error.h"
#include "workloads/dag/dag.h"

namespace wukong::own_dags {

// Of a file, from 1; 0: unknown.
struct Line {
  int number = 0;
  bool of_edges = false;  // in the second file, where edges have one of their own
};

// What a task waits for: a task, whose result it reads if that has one, or an object.
struct Wait {
  bool is_object = false;
  std::string name;
  Line line;
};

struct TaskDescription {
  std::string name;
  std::string kind;  // empty: the name without the number at its end
  hosts::TaskCost cost;
  std::vector<Wait> waits;   // in the order in which it reads
  std::optional<Bytes> out;  // its result, the object NAME.out
  std::optional<Bytes> in;   // what it alone reads, and no task writes: the object NAME.in
  Line line;
};

// An object that is more than one task's only result, or one task's own input.
struct ObjectDescription {
  std::string name;
  Bytes size;
  std::string from;  // the task that writes it; empty: it is there before the run
  Line line;
};

struct Description {
  std::string file;  // empty: it was part of an experiment, and `path` says where
  std::string edges_file;
  std::string path;
  std::vector<TaskDescription> tasks;
  std::vector<ObjectDescription> objects;

  // For an Error about the key of an item.
  ErrorPlace place(const Line& line, const std::string& key) const;
};

// Of a task or an object below the path: tasks.NAME.after; a name that has a dot is in quotes, as
// everywhere where paths are shown.
std::string key_of(std::string_view table, const std::string& name, std::string_view field = {});

// "map_17" is a task of the kind "map"; a name that is a number is a kind of its own.
std::string kind_of_name(const std::string& name);
std::string result_name(const std::string& task);
std::string input_name(const std::string& task);

// Throws Error, placed, for a name that is there twice or nowhere, and for a cycle.
dag::Dag build_dag(const Description& description);

// The other way. `run_times`: of each task, in place of its cost, which may be made of steps;
// empty: the costs stay. REQUIRES: no task has steps then. Nominal sizes are lost.
Description describe(const dag::Dag& dag, std::span<const Duration> run_times = {});

}  // namespace wukong::own_dags
