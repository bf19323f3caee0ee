// A trace of invocations: the table of its functions, and as many passes over its invocations as
// one wants. A pass is a stream in time order, so that a trace of any length takes the memory of
// its functions. Readers, the generator and samplers all make a Trace.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/base/bytes.h"
#include "sim/base/time.h"
#include "workloads/traces/function_table.h"

namespace wukong::traces {

struct Invocation {
  Time arrival;
  TraceFunctionId function;
  Duration duration;  // of the function's code, without cold start and waiting
  Bytes payload;
};

// One pass. A new pass of the same trace gives the same invocations. A reader's pass throws Error
// if its file has changed and is no trace any more.
class InvocationSource {
 public:
  virtual ~InvocationSource() = default;
  // The next one, not earlier than the last; false, and nothing, at the trace's end.
  virtual bool next(Invocation& invocation) = 0;
};

// What of a trace somebody wants; the rest need not be made. Ids and times stay those of the trace.
struct Wanted {
  std::vector<char> functions;  // by id, not zero: wanted; empty: all
  Time begin;
  Time end = Time::max();  // not of it itself

  bool wants(TraceFunctionId id) const { return functions.empty() || functions[id.index()] != 0; }
  bool wants(Time time) const { return begin <= time && time < end; }
};

class Trace {
 public:
  virtual ~Trace() = default;
  virtual const FunctionTable& functions() const = 0;
  // A pass over those invocations that are wanted, and over no other. The trace must outlive it.
  virtual std::unique_ptr<InvocationSource> invocations(const Wanted& wanted) const = 0;
  // What a reader of the results should know: "3 of 200 functions have no durations and are left
  // out", ... Empty: nothing is odd.
  virtual std::vector<std::string> oddities() const { return {}; }

  std::unique_ptr<InvocationSource> invocations() const { return invocations(Wanted{}); }
};

}  // namespace wukong::traces
