#include "workloads/own_dags/task_fields.h"

#include <array>
#include <charconv>
#include <utility>

#include "workloads/own_dags/size_text.h"

namespace wukong::own_dags {
namespace {

// Above these a value is a slip of the pen: three years, a day of the fastest machine there is.
constexpr Bounds kTaskSeconds{0, 1e8};
constexpr Bounds kTaskMilliseconds{0, 1e11};
constexpr Bounds kTaskGflop{0, 1e14};
constexpr Bounds kTaskThreads{1, 1e6};  // of one machine

void number(FieldVisitor& v, std::string_view key, std::optional<double>& value, Bounds bounds,
            std::string_view meaning) {
  v.describe(meaning);
  v.optional(key, value, [&](double& its) { v.field(key, its, bounds); });
}

void text(FieldVisitor& v, std::string_view key, std::optional<std::string>& value,
          std::string_view meaning) {
  v.describe(meaning);
  v.optional(key, value, [&](std::string& its) { v.field(key, its); });
}

// The shortest text that reads back as the same number.
std::string number_text(double value) {
  std::array<char, 32> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr};
}

Duration time_of(std::optional<double> s, std::optional<double> ms, std::string_view ms_key,
                 const PlaceOf& place) {
  if (s && ms)
    throw Error(place(ms_key), "a time in seconds or in milliseconds",
                number_text(*s) + " s and " + number_text(*ms) + " ms");
  if (ms) return Duration::from_seconds(*ms * 1e-3);
  return s ? Duration::from_seconds(*s) : Duration::zero();
}

Bytes size_or_nothing(const std::optional<std::string>& text, std::string_view key,
                      const PlaceOf& place) {
  return text ? size_of(*text, place(key)) : Bytes(0);
}

// Exact: whole milliseconds, or seconds with their nanoseconds as a decimal fraction.
std::pair<std::string, std::string> time_text(Duration time, const std::string& prefix) {
  const int64_t ns = time.count_ns();
  if (ns % 1'000'000 == 0 && ns % 1'000'000'000 != 0 && ns < 10'000'000'000)
    return {prefix + "ms", std::to_string(ns / 1'000'000)};
  std::string fraction = std::to_string(1'000'000'000 + ns % 1'000'000'000).substr(1);
  fraction.resize(fraction.find_last_not_of('0') + 1);
  return {prefix + "s",
          std::to_string(ns / 1'000'000'000) + (fraction.empty() ? "" : "." + fraction)};
}

}  // namespace

void TaskFields::visit(FieldVisitor& v) {
  v.about("Tasks that it waits for, whose results it reads").texts("after", after);
  v.about("Objects that it reads beside those").texts("reads", reads);
  number(v, "s", s, kTaskSeconds, "How long it computes, in s, on as many vCPUs as it has threads");
  number(v, "ms", ms, kTaskMilliseconds, "The same in ms");
  number(v, "sleep_s", sleep_s, kTaskSeconds, "How long it only waits, on any host");
  number(v, "sleep_ms", sleep_ms, kTaskMilliseconds, "The same in ms");
  number(v, "gflop", gflop, kTaskGflop,
         "Arithmetic in place of a time: 10^9 operations, at the platform's rate for the kernel");
  v.about("Which rate that is").choice("kernel", kernel, hosts::kKernelNames);
  text(v, "touched", touched, "Memory that this arithmetic reads and writes, a size");
  v.about("How many threads it can use").field("threads", threads, kTaskThreads);
  text(v, "memory", memory, "Memory that it needs beside what it reads and writes, a size");
  text(v, "out", out, "The size of its result, the object NAME.out; none: it has no result");
  text(v, "in", in, "The size of what it alone reads from the store, the object NAME.in");
  text(v, "kind", kind,
       "What reports call tasks like it; none: its name without a number at its end");
}

void ObjectFields::visit(FieldVisitor& v) {
  text(v, "size", size, "Its size: a number of bytes, or with a unit, such as 1MB");
  text(v, "from", from, "The task that writes it; none: it is in the store before the run");
}

Bytes size_of(const std::string& text, const ErrorPlace& place) {
  const std::optional<Bytes> size = read_size(text);
  if (!size) throw Error(place, kSizeExpected, "\"" + text + "\"");
  return *size;
}

TaskDescription described(std::string name, const TaskFields& fields, const PlaceOf& place) {
  TaskDescription task;
  task.name = std::move(name);
  task.kind = fields.kind.value_or("");
  task.line = {place("").line};
  hosts::TaskCost& cost = task.cost;
  cost.recorded = time_of(fields.s, fields.ms, "ms", place);
  cost.sleep = time_of(fields.sleep_s, fields.sleep_ms, "sleep_ms", place);
  cost.flops = fields.gflop.value_or(0) * 1e9;
  cost.touched = size_or_nothing(fields.touched, "touched", place);
  if (cost.flops > 0) cost.kernel = fields.kernel;
  if (cost.recorded > Duration::zero() && (cost.flops > 0 || cost.touched > Bytes(0)))
    throw Error(place(cost.flops > 0 ? "gflop" : "touched"),
                "a time that was measured, or the arithmetic and memory that make one", "both");
  cost.memory = size_or_nothing(fields.memory, "memory", place);
  cost.threads = static_cast<int32_t>(fields.threads);
  for (const std::string& before : fields.after)
    task.waits.push_back({false, before, {place("after").line}});
  for (const std::string& object : fields.reads)
    task.waits.push_back({true, object, {place("reads").line}});
  if (fields.out) task.out = size_of(*fields.out, place("out"));
  if (fields.in) task.in = size_of(*fields.in, place("in"));
  return task;
}

ObjectDescription described(std::string name, const ObjectFields& fields, const PlaceOf& place) {
  if (!fields.size) throw Error(place("size"), "a value", "nothing (the key is missing)");
  return {std::move(name),
          size_of(*fields.size, place("size")),
          fields.from.value_or(""),
          {place("").line}};
}

std::vector<std::pair<std::string, std::string>> texts_of(const TaskDescription& task) {
  const hosts::TaskCost& cost = task.cost;
  std::vector<std::pair<std::string, std::string>> texts;
  if (cost.recorded > Duration::zero()) texts.push_back(time_text(cost.recorded, ""));
  if (cost.sleep > Duration::zero()) texts.push_back(time_text(cost.sleep, "sleep_"));
  if (cost.flops > 0) {
    texts.emplace_back("gflop", number_text(cost.flops / 1e9));
    texts.emplace_back("kernel", hosts::kKernelNames[static_cast<size_t>(cost.kernel)]);
  }
  if (cost.touched > Bytes(0)) texts.emplace_back("touched", size_text(cost.touched));
  if (cost.threads != 1) texts.emplace_back("threads", std::to_string(cost.threads));
  if (cost.memory > Bytes(0)) texts.emplace_back("memory", size_text(cost.memory));
  if (task.out) texts.emplace_back("out", size_text(*task.out));
  if (task.in) texts.emplace_back("in", size_text(*task.in));
  if (!task.kind.empty()) texts.emplace_back("kind", task.kind);
  return texts;
}

}  // namespace wukong::own_dags
