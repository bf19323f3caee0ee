// Files of invocation traces and job lists. The first line of the input says which format the rest
// is in. What is accepted is a trace: in order, the same in two passes, of functions that it has.
#include <algorithm>
#include <vector>

#include "test/fuzz/fuzz.h"
#include "workloads/arrivals/job_list.h"
#include "workloads/trace_files/azure_2019.h"
#include "workloads/trace_files/invocation_list.h"

namespace wukong::fuzz {
namespace {

// A few bytes of a file of counts are a great many invocations.
constexpr int kMostInvocations = 2'000;

void check_trace(const traces::Trace& trace) {
  const auto first = trace.invocations();
  const auto second = trace.invocations();
  traces::Invocation invocation, again;
  Time previous;
  for (int i = 0; i < kMostInvocations; ++i) {
    const bool there = first->next(invocation);
    const bool there_again = second->next(again);
    ENSURE(there == there_again, i);
    if (!there) return;
    ENSURE(invocation.arrival >= previous, i);
    ENSURE(invocation.arrival == again.arrival && invocation.function == again.function, i);
    ENSURE(invocation.duration == again.duration, i);
    ENSURE(invocation.duration >= Duration::zero(), i);
    ENSURE(invocation.function.index() < trace.functions().function_count(), i);
    previous = invocation.arrival;
  }
}

void check_jobs(csv::ByteFilePointer file) {
  arrivals::JobList jobs(std::move(file), {"tsqr", "gemm"});
  Time previous;
  while (const auto arrival = jobs.next()) {
    ENSURE(arrival->at >= previous && arrival->kind.index() < 2);
    previous = arrival->at;
  }
}

// The files of a day are parts of the input, with a line between them.
void check_day(const std::string& text) {
  constexpr std::string_view kBorder = "\n---\n";
  std::vector<csv::ByteFilePointer> files;
  size_t begin = 0;
  while (files.size() < 3) {
    const size_t end = std::min(text.find(kBorder, begin), text.size());
    files.push_back(csv::text_file("part.csv", text.substr(begin, end - begin)));
    begin = std::min(end + kBorder.size(), text.size());
  }
  for (const auto how :
       {trace_files::WithinMinute::exponential, trace_files::WithinMinute::equidistant})
    check_trace(
        *trace_files::make_azure_2019({files[0], files[1], files[2]}, {.within_minute = how}, 1));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string input = text_of(data, size);
  const size_t line = std::min(input.find('\n'), input.size());
  const std::string format = input.substr(0, line);
  const std::string text = line < input.size() ? input.substr(line + 1) : "";
  const auto file = csv::text_file("trace.csv", text);
  accepts([&] {
    if (format == "csv")
      check_trace(*trace_files::make_invocation_list(file, trace_files::csv_rows, 1));
    else if (format == "azure_2021")
      check_trace(*trace_files::make_invocation_list(file, trace_files::azure_2021_rows, 1));
    else if (format == "azure_2019")
      check_day(text);
    else if (format == "jobs")
      check_jobs(file);
  });
  return 0;
}

}  // namespace wukong::fuzz
