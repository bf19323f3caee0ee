// What happens in a run, for Python: a list of tuples (time in ns, kind, actor, subject, value), as
// in sim/engine/trace.h.
#pragma once

#include <pybind11/pybind11.h>

#include <string>
#include <vector>

#include "sim/engine/trace.h"

namespace wukong::python {

// What makes processes go on is of no interest there, and is most of it.
class EventList final : public engine::TraceSink {
 public:
  void record(const engine::TraceRecord& record) override {
    if (record.kind != engine::TraceKind::resumed) records_.push_back(record);
  }
  pybind11::list to_python() const;

 private:
  std::vector<engine::TraceRecord> records_;
};

}  // namespace wukong::python
