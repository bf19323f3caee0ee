#include "bench/python/event_list.h"

namespace wukong::python {
namespace {

const char* name_of(engine::TraceKind kind) {
  using engine::TraceKind;
  switch (kind) {
    case TraceKind::resumed:
      return "resumed";
    case TraceKind::invoked:
      return "invoked";
    case TraceKind::throttled:
      return "throttled";
    case TraceKind::started:
      return "started";
    case TraceKind::finished:
      return "finished";
    case TraceKind::failed:
      return "failed";
    case TraceKind::task_started:
      return "task_started";
    case TraceKind::task_finished:
      return "task_finished";
    case TraceKind::object_read:
      return "object_read";
    case TraceKind::object_written:
      return "object_written";
    case TraceKind::counter_changed:
      return "counter_changed";
    case TraceKind::published:
      return "published";
    case TraceKind::queue_sent:
      return "queue_sent";
    case TraceKind::queue_received:
      return "queue_received";
    case TraceKind::lease_expired:
      return "lease_expired";
  }
  return "";
}

}  // namespace

pybind11::list EventList::to_python() const {
  pybind11::list list;
  for (const engine::TraceRecord& record : records_)
    list.append(pybind11::make_tuple(record.time.count_ns(), name_of(record.kind), record.actor,
                                     record.subject, record.value));
  return list;
}

}  // namespace wukong::python
