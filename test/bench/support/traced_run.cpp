#include "test/bench/support/traced_run.h"

#include <unistd.h>

#include <boost/json.hpp>
#include <filesystem>
#include <stdexcept>

#include "bench/files/text_file.h"
#include "bench/trace/chrome_trace.h"
#include "test/support/policy_run.h"

namespace wukong::test {
namespace {

namespace json = boost::json;

[[noreturn]] void fail(const std::string& what) { throw std::runtime_error(what); }

class Reader {
 public:
  explicit Reader(TracedRun& run) : run_(run) {}

  void read() {
    const json::value document = json::parse(run_.text);
    for (const json::value& event : document.at("traceEvents").as_array()) read(event.as_object());
    for (const auto& [row, open] : open_)
      if (!open.empty()) fail(open.back().name + " never ends in row " + std::to_string(row));
  }

 private:
  static std::string text(const json::object& event, const char* key) {
    return std::string(event.at(key).as_string());
  }

  void read(const json::object& event) {
    const std::string phase = text(event, "ph");
    if (phase == "M")
      name(event);
    else if (phase == "B")
      begin(event);
    else if (phase == "E")
      end(event);
    else if (phase == "s")
      run_.arrows_from.push_back(arrow(event));
    else if (phase == "f")
      run_.arrows_to.push_back(arrow(event));
    else if (phase == "C")
      count(event);
    else if (phase == "i")
      run_.marks.push_back(text(event, "name"));
    else
      fail("an event of phase " + phase);
  }

  void name(const json::object& event) {
    if (text(event, "name") != "thread_name") return;
    const int64_t row = event.at("tid").as_int64();
    if (run_.row_names.contains(row)) fail("row " + std::to_string(row) + " is named twice");
    run_.row_names[row] = event.at("args").at("name").as_string();
  }

  void begin(const json::object& event) {
    TracedSpan span;
    span.category = text(event, "cat");
    span.name = text(event, "name");
    span.process = event.at("pid").as_int64();
    span.row = event.at("tid").as_int64();
    span.begin_us = time(event);
    if (!run_.row_names.contains(span.row)) fail("a row without a name");
    open_[span.row].push_back(span);
  }

  void end(const json::object& event) {
    auto& open = open_[event.at("tid").as_int64()];
    if (open.empty()) fail("an end without its begin");
    TracedSpan span = open.back();
    open.pop_back();
    if (span.process != event.at("pid").as_int64()) fail("an end in another process");
    span.end_us = time(event);
    if (span.end_us < span.begin_us) fail(span.name + " ends before it begins");
    if (const json::value* notes = event.if_contains("args"))
      for (const auto& [key, value] : notes->as_object()) span.notes[key] = value.as_int64();
    run_.spans.push_back(span);
  }

  // Of spans: never back.
  double time(const json::object& event) {
    const double now = event.at("ts").as_double();
    if (now < now_) fail("time goes back");
    return now_ = now;
  }

  int64_t arrow(const json::object& event) {
    if (open_[event.at("tid").as_int64()].empty()) fail("an arrow that no span holds");
    return event.at("id").as_int64();
  }

  void count(const json::object& event) {
    for (const auto& [line, value] : event.at("args").as_object()) {
      const std::string name = text(event, "name") + ": " + std::string(line);
      run_.counters[name].push_back(value.to_number<double>());
      run_.counter_times[name].push_back(event.at("ts").as_double());
    }
  }

  TracedRun& run_;
  std::map<int64_t, std::vector<TracedSpan>> open_;  // by row, the innermost last
  double now_ = 0;
};

}  // namespace

std::vector<TracedSpan> TracedRun::of(const std::string& category) const {
  std::vector<TracedSpan> found;
  for (const TracedSpan& span : spans)
    if (span.category == category) found.push_back(span);
  return found;
}

TracedRun trace_run(const dag::Dag& dag, const std::string& system, const std::string& platform,
                    Duration horizon) {
  const std::string file = (std::filesystem::temp_directory_path() /
                            ("wukong-trace-" + std::to_string(::getpid()) + ".json"))
                               .string();
  const test::PolicySetup policy = test::make_policy(system, platform);
  TracedRun run;
  trace::ChromeTrace trace(file);
  simulation::RunOptions options;
  options.horizon = horizon;
  options.listener = &trace;
  run.result = simulation::run_once(policy.platform, policy.system, "test", dag, options);
  trace.close();
  run.text = files::read_text_file(file);
  std::filesystem::remove(file);
  Reader(run).read();
  return run;
}

}  // namespace wukong::test
