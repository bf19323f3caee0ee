// A file of Chrome's trace events (a JSON object with "traceEvents", one event a line), written as
// they come; Perfetto and chrome://tracing open it. Times in the file are microseconds with the
// nanoseconds behind the point. Errors of writing are reported by close().
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bench/files/output_file.h"
#include "sim/base/time.h"

namespace wukong::trace {

// The members of a JSON object, as text: "bytes":12,"shard":3
class TraceArguments {
 public:
  void add(std::string_view key, int64_t value);
  // As many digits as say something; REQUIRES: it is finite.
  void add(std::string_view key, double value);
  void add(std::string_view key, std::string_view value);
  void clear() { text_.clear(); }
  bool empty() const { return text_.empty(); }
  const std::string& text() const { return text_; }

 private:
  void add_key(std::string_view key);
  std::string text_;
};

class TraceEventFile {
 public:
  // A row: a "thread" of a "process". Threads of different processes have different numbers.
  struct Row {
    uint32_t process;
    uint32_t thread;
  };

  // Throws Error if the file cannot be made.
  explicit TraceEventFile(const std::string& path);

  void name_process(uint32_t process, std::string_view name);
  void name_row(Row row, std::string_view name, uint32_t place);
  void begin(Time time, Row row, std::string_view category, std::string_view name,
             const TraceArguments& arguments = {});
  void end(Time time, Row row, const TraceArguments& arguments);
  // An arrow from what is open in one row to what is open in another.
  void arrow_from(Time time, Row row, uint32_t arrow);
  void arrow_to(Time time, Row row, uint32_t arrow);
  void mark(Time time, uint32_t process, std::string_view name, const TraceArguments& arguments);
  // Each argument is a line of the counter's.
  void counter(Time time, uint32_t process, std::string_view name, const TraceArguments& values);

  // Ends the document; `description` goes with it. Throws Error if something was not written.
  void close(const TraceArguments& description);

 private:
  void open_event(std::string_view phase, uint32_t process);
  void add_time(Time time);
  void add_name(std::string_view name);
  void add_arguments(const TraceArguments& arguments);
  void close_event();
  void arrow(std::string_view phase, Time time, Row row, uint32_t number, std::string_view more);

  files::OutputFile file_;
  std::string buffer_;
  bool first_ = true;
};

}  // namespace wukong::trace
