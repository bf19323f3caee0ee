#include "bench/trace/trace_event_file.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <cmath>
#include <iterator>

#include "sim/base/check.h"

namespace wukong::trace {
namespace {

constexpr size_t kBufferBytes = 1 << 16;

void append_quoted(std::string& text, std::string_view value) {
  text += boost::json::serialize(boost::json::string_view(value.data(), value.size()));
}

template <class... Values>
void append(std::string& text, fmt::format_string<const Values&...> format,
            const Values&... values) {
  fmt::format_to(std::back_inserter(text), format, values...);
}

}  // namespace

void TraceArguments::add_key(std::string_view key) {
  if (!text_.empty()) text_ += ',';
  append_quoted(text_, key);
  text_ += ':';
}

void TraceArguments::add(std::string_view key, int64_t value) {
  add_key(key);
  append(text_, "{}", value);
}

void TraceArguments::add(std::string_view key, double value) {
  ENSURE(std::isfinite(value));
  add_key(key);
  append(text_, "{:.6g}", value);
}

void TraceArguments::add(std::string_view key, std::string_view value) {
  add_key(key);
  append_quoted(text_, value);
}

TraceEventFile::TraceEventFile(const std::string& path) : file_(path) {
  buffer_ = "{\"traceEvents\":[\n";
}

void TraceEventFile::open_event(std::string_view phase, uint32_t process) {
  if (!first_) buffer_ += ",\n";
  first_ = false;
  append(buffer_, R"({{"ph":"{}","pid":{})", phase, process);
}

void TraceEventFile::add_time(Time time) {
  append(buffer_, R"(,"ts":{}.{:03})", time.count_ns() / 1000, time.count_ns() % 1000);
}

void TraceEventFile::add_name(std::string_view name) {
  buffer_ += ",\"name\":";
  append_quoted(buffer_, name);
}

void TraceEventFile::add_arguments(const TraceArguments& arguments) {
  if (arguments.empty()) return;
  buffer_ += ",\"args\":{";
  buffer_ += arguments.text();
  buffer_ += '}';
}

void TraceEventFile::close_event() {
  buffer_ += '}';
  if (buffer_.size() < kBufferBytes) return;
  file_.write(buffer_);
  buffer_.clear();
}

void TraceEventFile::name_process(uint32_t process, std::string_view name) {
  TraceArguments arguments;
  arguments.add("name", name);
  open_event("M", process);
  add_name("process_name");
  add_arguments(arguments);
  close_event();
  arguments.clear();
  arguments.add("sort_index", static_cast<int64_t>(process));
  open_event("M", process);
  add_name("process_sort_index");
  add_arguments(arguments);
  close_event();
}

void TraceEventFile::name_row(Row row, std::string_view name, uint32_t place) {
  TraceArguments arguments;
  arguments.add("name", name);
  open_event("M", row.process);
  append(buffer_, R"(,"tid":{})", row.thread);
  add_name("thread_name");
  add_arguments(arguments);
  close_event();
  arguments.clear();
  arguments.add("sort_index", static_cast<int64_t>(place));
  open_event("M", row.process);
  append(buffer_, R"(,"tid":{})", row.thread);
  add_name("thread_sort_index");
  add_arguments(arguments);
  close_event();
}

void TraceEventFile::begin(Time time, Row row, std::string_view category, std::string_view name,
                           const TraceArguments& arguments) {
  open_event("B", row.process);
  append(buffer_, R"(,"tid":{})", row.thread);
  add_time(time);
  append(buffer_, R"(,"cat":"{}")", category);
  add_name(name);
  add_arguments(arguments);
  close_event();
}

void TraceEventFile::end(Time time, Row row, const TraceArguments& arguments) {
  open_event("E", row.process);
  append(buffer_, R"(,"tid":{})", row.thread);
  add_time(time);
  add_arguments(arguments);
  close_event();
}

void TraceEventFile::arrow(std::string_view phase, Time time, Row row, uint32_t number,
                           std::string_view more) {
  open_event(phase, row.process);
  append(buffer_, R"(,"tid":{})", row.thread);
  add_time(time);
  append(buffer_, R"(,"cat":"invocation","name":"invocation","id":{}{})", number, more);
  close_event();
}

void TraceEventFile::arrow_from(Time time, Row row, uint32_t number) {
  arrow("s", time, row, number, "");
}

void TraceEventFile::arrow_to(Time time, Row row, uint32_t number) {
  arrow("f", time, row, number, R"(,"bp":"e")");
}

void TraceEventFile::mark(Time time, uint32_t process, std::string_view name,
                          const TraceArguments& arguments) {
  open_event("i", process);
  append(buffer_, R"(,"tid":0,"s":"p")");
  add_time(time);
  add_name(name);
  add_arguments(arguments);
  close_event();
}

void TraceEventFile::counter(Time time, uint32_t process, std::string_view name,
                             const TraceArguments& values) {
  open_event("C", process);
  add_time(time);
  add_name(name);
  add_arguments(values);
  close_event();
}

void TraceEventFile::close(const TraceArguments& description) {
  buffer_ += "\n],\"displayTimeUnit\":\"ms\",\"otherData\":{";
  buffer_ += description.text();
  buffer_ += "}}\n";
  file_.write(buffer_);
  file_.close();
}

}  // namespace wukong::trace
