#include "workloads/trace_files/azure_2019.h"

#include <algorithm>
#include <map>

#include "sim/base/error.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"
#include "test/workloads/trace_files/trace_text.h"

namespace wukong::trace_files {
namespace {

using test::all_of;
using test::error_text;

constexpr const char* kDurationHeader =
    "HashOwner,HashApp,HashFunction,Average,Count,Minimum,Maximum,percentile_Average_0,"
    "percentile_Average_1,percentile_Average_25,percentile_Average_50,percentile_Average_75,"
    "percentile_Average_99,percentile_Average_100\n";
constexpr const char* kMemoryHeader =
    "HashOwner,HashApp,SampleCount,AverageAllocatedMb,AverageAllocatedMb_pct100\n";

std::string count_header(int minutes) {
  std::string header = "HashOwner,HashApp,HashFunction,Trigger";
  for (int minute = 1; minute <= minutes; ++minute) header += "," + std::to_string(minute);
  return header + "\n";
}

struct Day {
  std::string counts = count_header(3) +
                       "o,a,f,http,3,0,1000\n"
                       "o,a,g,timer,1,1,1\n"
                       "o,b,f,queue,0,2,0\n";
  std::string durations = std::string(kDurationHeader) +
                          "o,a,f,55,3,0,120,0,1,20,40,60,100,120\n"
                          "o,a,g,1000,3,1000,1000,1000,1000,1000,1000,1000,1000,1000\n"
                          "o,b,f,7,2,7,7,7,7,7,7,7,7,7\n";
  std::string memory = std::string(kMemoryHeader) + "o,a,10,200,300\no,b,10,100,100\n";

  std::unique_ptr<traces::Trace> trace(const Azure2019Settings& settings = {},
                                       uint64_t seed = 1) const {
    return make_azure_2019({csv::text_file("c.csv", counts), csv::text_file("d.csv", durations),
                            csv::text_file("m.csv", memory)},
                           settings, seed);
  }
  std::string complaint() const {
    return error_text([&] { trace(); });
  }
};

// By function and minute.
std::map<std::pair<uint32_t, int64_t>, int> counts_of(const traces::Trace& trace) {
  std::map<std::pair<uint32_t, int64_t>, int> counts;
  for (const traces::Invocation& invocation : all_of(trace))
    ++counts[{invocation.function.value(),
              invocation.arrival.since_start() / Duration::seconds(60)}];
  return counts;
}

}  // namespace

TEST_CASE("a day of Azure 2019 has as many invocations in each minute as its file says, in order",
          "[traces]") {
  for (const WithinMinute how :
       {WithinMinute::exponential, WithinMinute::uniform, WithinMinute::equidistant}) {
    const auto trace = Day().trace({.within_minute = how});
    CHECK(counts_of(*trace) ==
          std::map<std::pair<uint32_t, int64_t>, int>{
              {{0, 0}, 3}, {{0, 2}, 1000}, {{1, 0}, 1}, {{1, 1}, 1}, {{1, 2}, 1}, {{2, 1}, 2}});
    CHECK(test::in_order(all_of(*trace)));
    CHECK(test::same_invocations(all_of(*trace), all_of(*trace)));
  }
}

TEST_CASE("a minute's invocations are spread over it as asked for", "[traces]") {
  const auto gaps = [](WithinMinute how) {
    const auto trace = Day().trace({.within_minute = how});
    const auto invocations =
        all_of(*trace, {.functions = {1, 0, 0}, .begin = Time::at(Duration::seconds(120))});
    REQUIRE(invocations.size() == 1000);
    double sum = 0, squares = 0;
    for (size_t i = 1; i < invocations.size(); ++i) {
      const double gap = (invocations[i].arrival - invocations[i - 1].arrival).to_seconds();
      sum += gap, squares += gap * gap;
    }
    const double mean = sum / 999;
    CHECK(mean == Approx(0.06).epsilon(0.02));
    return (squares / 999 - mean * mean) / (mean * mean);  // squared coefficient of variation
  };
  CHECK(gaps(WithinMinute::exponential) == Approx(1).margin(0.15));
  CHECK(gaps(WithinMinute::uniform) == Approx(1.0 / 3).margin(0.05));
  CHECK(gaps(WithinMinute::equidistant) == Approx(0).margin(1e-9));
}

TEST_CASE("durations lie between the percentiles as often as they say", "[traces]") {
  Day day;
  day.counts = count_header(1) + "o,a,f,http,20000\n";
  int below_20 = 0, below_30 = 0, below_40 = 0, below_100 = 0;
  for (const traces::Invocation& invocation : all_of(*day.trace())) {
    const double ms = invocation.duration.to_milliseconds();
    below_20 += ms < 20, below_30 += ms < 30, below_40 += ms < 40, below_100 += ms < 100;
    CHECK(ms <= 120);
  }
  CHECK(below_20 == Approx(5'000).margin(250));
  CHECK(below_30 == Approx(7'500).margin(280));
  CHECK(below_40 == Approx(10'000).margin(300));
  CHECK(below_100 == Approx(19'800).margin(60));
}

TEST_CASE("an application's memory is split evenly, or each function has its greatest",
          "[traces]") {
  const auto equal = Day().trace();
  CHECK(equal->functions().functions()[0].memory == Bytes::mebi(100));
  CHECK(equal->functions().functions()[1].memory == Bytes::mebi(100));
  CHECK(equal->functions().functions()[2].memory == Bytes::mebi(100));
  const auto whole = Day().trace({.memory_share = traces::MemoryShare::whole});
  CHECK(whole->functions().functions()[0].memory == Bytes::mebi(300));
  CHECK(whole->functions().functions()[2].memory == Bytes::mebi(100));
}

TEST_CASE("the files of invitro's samples have memory by function and fewer minutes", "[traces]") {
  Day day;
  day.memory =
      "HashOwner,HashApp,HashFunction,SampleCount,AverageAllocatedMb\n"
      "o,a,f,1,170\no,a,g,1,20\no,b,f,1,90\n";
  const auto trace = day.trace();
  CHECK(trace->functions().functions()[0].memory == Bytes::mebi(170));
  CHECK(trace->functions().functions()[1].memory == Bytes::mebi(20));
  CHECK(trace->functions().functions()[0].trigger == traces::Trigger::http);
  CHECK(trace->functions().functions()[1].trigger == traces::Trigger::timer);
}

TEST_CASE("what is drawn for a function depends on no other function that is wanted", "[traces]") {
  const auto trace = Day().trace();
  const traces::Wanted wanted{.functions = {1, 0, 1}};
  auto expected = all_of(*trace);
  std::erase_if(expected, [](const auto& invocation) { return invocation.function.value() == 1; });
  CHECK(test::same_invocations(all_of(*trace, wanted), expected));
  CHECK(!test::same_invocations(all_of(*Day().trace({}, 2), wanted), expected));
}

TEST_CASE("what an Azure day lacks is told: durations, memory, percentiles in order", "[traces]") {
  Day day;
  day.durations = std::string(kDurationHeader) + "o,a,f,55,3,0,120,0,50,20,40,60,100,120\n" +
                  "o,a,f,55,3,0,120,0,50,20,40,60,100,120\no,b,f,7,2,7,7,7,7,7,7,7,7,7\n";
  day.memory = std::string(kMemoryHeader) + "o,a,10,200,300\n";
  const auto trace = day.trace();
  CHECK(trace->oddities() ==
        std::vector<std::string>{"2 functions have a percentile below a lower one's: taken as that",
                                 "1 rows of durations are of a function that has one: left out",
                                 "1 of 3 functions have no durations: left out",
                                 "1 of 3 functions have no memory: drawn"});
  for (const traces::Invocation& invocation : all_of(*trace))
    CHECK(invocation.function.value() != 1);
  CHECK(trace->functions().functions()[2].memory > Bytes());
}

TEST_CASE("a bad file of an Azure day is an error with file, line and column", "[traces]") {
  const auto with_counts = [](const std::string& text) {
    Day day;
    day.counts = text;
    return day.complaint();
  };
  CHECK(with_counts(count_header(1441) + "") ==
        "c.csv:1: expected minutes from 1 to 1440, found \"1441\"");
  CHECK(with_counts("HashOwner,HashApp,HashFunction,Trigger,1,3\n") ==
        "c.csv:1: expected minute 2, found \"3\"");
  CHECK(with_counts("HashOwner,HashApp,HashFunction,Trigger\n") ==
        "c.csv:1: expected a column \"1\", found \"HashOwner, HashApp, HashFunction, Trigger\"");
  CHECK(with_counts("HashOwner,HashApp,Trigger,1\no,a,http,1\n") ==
        "c.csv:1: expected a column \"HashFunction\", found \"HashOwner, HashApp, Trigger, 1\"");
  CHECK(with_counts(count_header(1) + "o,a,f,http,-1\n") ==
        "c.csv:2: column 5 (1): expected a number from 0 to 10000000, found \"-1\"");
  CHECK(with_counts(count_header(1) + "o,a,f,http,1.5\n") ==
        "c.csv:2: column 5 (1): expected a whole number from 0 to 10000000, found \"1.5\"");
  CHECK(with_counts(count_header(1) + "o,a,f,htp,1\n") ==
        "c.csv:2: column 4 (Trigger): expected http, queue, event, timer, orchestration, storage "
        "or others, found \"htp\"");
  CHECK(with_counts(count_header(1)) == "c.csv:1: expected rows below the header, found none");
  Day negative;
  negative.durations = std::string(kDurationHeader) + "o,a,f,-55,3,0,120,0,1,20,40,60,100,120\n";
  CHECK(negative.complaint() ==
        "d.csv:2: column 4 (Average): expected a number from 0 to 9000000000000, found \"-55\"");
  Day others;
  others.durations = std::string(kDurationHeader) + "x,y,z,55,3,0,120,0,1,20,40,60,100,120\n";
  CHECK(others.complaint() ==
        "d.csv: expected durations of functions of c.csv, found none of them");
  Day memory;
  memory.memory = std::string(kMemoryHeader) + "o,a,10,NaN,300\n";
  CHECK(memory.complaint() ==
        "m.csv:2: column 4 (AverageAllocatedMb): expected a number from 0 to 100000000, found "
        "\"NaN\"");
}

}  // namespace wukong::trace_files
