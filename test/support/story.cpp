#include "test/support/story.h"

#include <fmt/format.h>

#include <map>

namespace wukong::test {
namespace {

using engine::TraceKind;
using engine::TraceRecord;

class Narrator {
 public:
  explicit Narrator(const dag::Dag& dag) : dag_(dag) {}

  void tell(const TraceRecord& record) {
    const std::string what = sentence(record);
    if (what.empty()) return;
    line(record.time.since_start(), actor(record), what);
    if (record.kind == TraceKind::started) function_on_[record.subject] = record.actor;
  }

  std::string end(const run::RunResult& result) {
    if (result.completed)
      line(result.makespan, "the client", "has the results");
    else
      text_ += "It did not complete: " + result.failure + "\n";
    return std::move(text_);
  }

 private:
  void line(Duration time, const std::string& who, const std::string& what) {
    text_ += fmt::format("{:>12.3f} ms  {:<13}{}\n", time.to_milliseconds(), who, what);
  }

  static bool is_about_invocation(TraceKind kind) {
    return kind == TraceKind::invoked || kind == TraceKind::throttled ||
           kind == TraceKind::started || kind == TraceKind::finished || kind == TraceKind::failed;
  }

  // A host is called after the function that runs there, now or last.
  std::string actor(const TraceRecord& record) const {
    if (is_about_invocation(record.kind)) return fmt::format("function {}", record.actor);
    if (record.kind == TraceKind::lease_expired) return "the queue";
    const auto function = function_on_.find(record.actor);
    if (function != function_on_.end()) return fmt::format("function {}", function->second);
    return fmt::format("host {}", record.actor);
  }

  std::string sentence(const TraceRecord& record) const {
    switch (record.kind) {
      case TraceKind::resumed:
        return "";
      case TraceKind::invoked:
        return fmt::format("is invoked with {} bytes", record.value);
      case TraceKind::throttled:
        return "is throttled";
      case TraceKind::started:
        return fmt::format("starts {} on host {}", record.value == 1 ? "cold" : "warm",
                           record.subject);
      case TraceKind::finished:
        return fmt::format("ends, {} ms billed", record.value / 1'000'000);
      case TraceKind::failed:
        return "fails";
      case TraceKind::task_started:
        return "runs " + task(record.subject);
      case TraceKind::task_finished:
        return "has run " + task(record.subject);
      case TraceKind::object_read:
        return "reads " + object(record);
      case TraceKind::object_written:
        return "writes " + object(record);
      case TraceKind::counter_changed:
        return fmt::format("brings the counter of {} to {}", task(record.subject), record.value);
      case TraceKind::published:
        return fmt::format("publishes {} on channel {}", task(static_cast<uint32_t>(record.value)),
                           record.subject);
      case TraceKind::queue_sent:
        return fmt::format("sends message {}", record.subject);
      case TraceKind::queue_received:
        return fmt::format("receives message {}", record.subject);
      case TraceKind::lease_expired:
        return fmt::format("takes message {} back", record.subject);
    }
    return fmt::format("does something of kind {}", static_cast<int>(record.kind));
  }

  std::string task(uint32_t number) const {
    return number < dag_.task_count() ? dag_.name(TaskId(number)) : fmt::format("#{}", number);
  }

  // "the output of a": tasks of text DAGs write one object each.
  std::string object(const TraceRecord& record) const {
    const auto size = fmt::format(", {} bytes", record.value);
    if (record.subject >= dag_.object_count())
      return fmt::format("object {}", record.subject) + size;
    const TaskId producer = dag_.producer(ObjectId(record.subject));
    if (!producer.valid()) return dag_.name(ObjectId(record.subject)) + size;
    return "the output of " + dag_.name(producer) + size;
  }

  const dag::Dag& dag_;
  std::map<uint32_t, uint32_t> function_on_;  // invocation, by host
  std::string text_;
};

}  // namespace

std::string story(const dag::Dag& dag, const PolicyRun& run) {
  Narrator narrator(dag);
  for (const TraceRecord& record : run.records) narrator.tell(record);
  return narrator.end(run.result);
}

}  // namespace wukong::test
