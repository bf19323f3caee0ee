// The attributes of a task and of an object as they are written: keys of YAML, columns of CSV,
// attributes of DOT. One visit is all that the three know of them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/fields.h"
#include "sim/hosts/task_cost.h"
#include "workloads/own_dags/description.h"

namespace wukong::own_dags {

struct TaskFields {
  std::vector<std::string> after;
  std::vector<std::string> reads;
  std::optional<double> s, ms, sleep_s, sleep_ms;
  std::optional<double> gflop;
  hosts::Kernel kernel = hosts::Kernel::gemm;
  std::optional<std::string> touched, memory, out, in, kind;
  int64_t threads = 1;

  void visit(FieldVisitor& v);
};

struct ObjectFields {
  std::optional<std::string> size;
  std::optional<std::string> from;

  void visit(FieldVisitor& v);
};

// Where an item was written, for an Error about one of its fields.
using PlaceOf = std::function<ErrorPlace(std::string_view field)>;

// Throw Error for a time that is given twice and for what is no size.
TaskDescription described(std::string name, const TaskFields& fields, const PlaceOf& place);
ObjectDescription described(std::string name, const ObjectFields& fields, const PlaceOf& place);
Bytes size_of(const std::string& text, const ErrorPlace& place);

// What describes the task, as texts by key, in the order of the visit, without what it waits for.
std::vector<std::pair<std::string, std::string>> texts_of(const TaskDescription& task);

}  // namespace wukong::own_dags
