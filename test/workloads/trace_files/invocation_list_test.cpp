#include "workloads/trace_files/invocation_list.h"

#include "sim/base/error.h"
#include "sim/base/random.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"
#include "test/workloads/trace_files/trace_text.h"

namespace wukong::trace_files {
namespace {

using test::all_of;
using test::error_text;
using test::story_of;

std::unique_ptr<traces::Trace> own(const std::string& text, uint64_t seed = 1) {
  return make_invocation_list(csv::text_file("t.csv", text), csv_rows, seed);
}
std::unique_ptr<traces::Trace> azure(const std::string& text, uint64_t seed = 1) {
  return make_invocation_list(csv::text_file("t.csv", text), azure_2021_rows, seed);
}

constexpr const char* kOwn =
    "timestamp_s,function,duration_s,memory_mb,payload_bytes\n"
    "0.5,resize,0.25,512,1000\n"
    "2,thumb,1.5,128,0\n"
    "2,resize,0.75,512,3000\n";

}  // namespace

TEST_CASE("our own format has an invocation a row, and each function once in its table",
          "[traces]") {
  const auto trace = own(kOwn);
  CHECK(story_of(*trace) == "0.5 resize 0.25; 2 thumb 1.5; 2 resize 0.75");
  REQUIRE(trace->functions().function_count() == 2);
  CHECK(trace->functions().app_count() == 2);
  const traces::TraceFunction& resize = trace->functions().functions()[0];
  CHECK(resize.name == "resize");
  CHECK(resize.memory == Bytes::mebi(512));
  CHECK(resize.mean_duration == Duration::milliseconds(500));
  CHECK(all_of(*trace)[2].payload == Bytes(3000));
  CHECK(story_of(*trace) == "0.5 resize 0.25; 2 thumb 1.5; 2 resize 0.75");  // again
}

TEST_CASE("a pass has only what is wanted", "[traces]") {
  const auto trace = own(kOwn);
  CHECK(story_of(*trace, {.functions = {1, 0}}) == "0.5 resize 0.25; 2 resize 0.75");
  CHECK(story_of(*trace, {.begin = Time::at(Duration::seconds(1))}) ==
        "2 thumb 1.5; 2 resize 0.75");
  CHECK(story_of(*trace, {.end = Time::at(Duration::seconds(2))}) == "0.5 resize 0.25");
}

TEST_CASE("columns come in any order, and app, memory and payload may be missing", "[traces]") {
  const auto trace = own("function,duration_s,app,timestamp_s\nf,1,a,0\ng,2,a,1\n");
  CHECK(story_of(*trace) == "0 f 1; 1 g 2");
  CHECK(trace->functions().app_count() == 1);
  // Drawn, the same for both functions of the app, and another one with another seed.
  const Bytes memory = trace->functions().functions()[0].memory;
  CHECK(memory > Bytes::mebi(10));
  CHECK(trace->functions().functions()[1].memory == memory);
  CHECK(own("function,duration_s,app,timestamp_s\nf,1,a,0\ng,2,a,1\n", 2)
            ->functions()
            .functions()[0]
            .memory != memory);
}

TEST_CASE("an Azure 2021 row starts its duration before its end, and rows come by their starts",
          "[traces]") {
  const auto trace = azure(
      "app,func,end_timestamp,duration\n"
      "a,f,10,1\n"
      "a,g,11,10.5\n"
      "b,f,12,3\n");
  CHECK(story_of(*trace) == "0.5 g 10.5; 9 f 1; 9 f 3");
  CHECK(trace->functions().function_count() == 3);
  CHECK(trace->functions().app_count() == 2);
}

TEST_CASE("what began before an Azure file's time zero is at zero, and all else after it as before",
          "[traces]") {
  CHECK(story_of(*azure("app,func,end_timestamp,duration\na,f,1,3\na,f,2,0\n")) == "0 f 3; 4 f 0");
}

TEST_CASE("rows in any order come by their starts, those of one time in the file's order",
          "[traces]") {
  RandomStream random(5, "rows");
  std::string text = "app,func,end_timestamp,duration\n";
  for (int i = 0; i < 20'000; ++i)
    text += "a,f" + std::to_string(i % 7) + "," + std::to_string(1000 + random.below(5'000)) + "," +
            std::to_string(random.below(1'000)) + "\n";
  const auto trace = azure(text);
  const auto invocations = all_of(*trace);
  CHECK(invocations.size() == 20'000);
  CHECK(test::in_order(invocations));
  CHECK(test::same_invocations(invocations, all_of(*trace)));
}

TEST_CASE("a bad invocation list is an error with file, line and column", "[traces]") {
  const std::string header = "timestamp_s,function,duration_s,memory_mb,payload_bytes\n";
  const auto complaint = [&](const std::string& rows) {
    return error_text([&] { own(header + rows); });
  };
  CHECK(complaint("0,f,-1,128,0\n") ==
        "t.csv:2: column 3 (duration_s): expected a number from 0 to 9000000000, found \"-1\"");
  CHECK(complaint("0,f,nan,128,0\n") ==
        "t.csv:2: column 3 (duration_s): expected a number from 0 to 9000000000, found \"nan\"");
  CHECK(complaint("1,f,1,128,0\n0.5,f,1,128,0\n") ==
        "t.csv:3: column 1 (timestamp_s): expected rows in the order of their times, so at least "
        "that of the row before, found \"0.5\"");
  CHECK(complaint("0,,1,128,0\n") ==
        "t.csv:2: column 2 (function): expected a name, found nothing");
  CHECK(complaint("0,f,1,0,0\n") ==
        "t.csv:2: column 4 (memory_mb): expected a number from 1 to 100000000, found \"0\"");
  CHECK(complaint("0,f,1,128,0.5\n") ==
        "t.csv:2: column 5 (payload_bytes): expected a whole number from 0 to 1000000000000000, "
        "found \"0.5\"");
  CHECK(complaint("0,f,1,128,0\n1,g,1,128,0\n2,f,1,256,0\n") ==
        "t.csv:4: expected the memory that the function has in line 2, found another");
  CHECK(complaint("") == "t.csv:1: expected rows below the header, found none");
  CHECK(error_text([] { own("timestamp_s,function,x\n0,f,1\n"); }) ==
        "t.csv:1: expected a column \"duration_s\", found \"timestamp_s, function, x\" (did you "
        "mean \"function\"?)");
  CHECK(error_text([] { own("timestamp_s,function,duration_s,memory\n0,f,1,128\n"); }) ==
        "t.csv:1: expected no column but those of the format, found \"memory\" (did you mean "
        "\"memory_mb\"?)");
  CHECK(error_text([] { azure("app,func,end_timestamp,duration\na,f,1,-2\n"); }) ==
        "t.csv:2: column 4 (duration): expected a number from 0 to 9000000000, found \"-2\"");
  CHECK(error_text([] { azure("app,func,end_timestamp\na,f,1\n"); }) ==
        "t.csv:1: expected a column \"duration\", found \"app, func, end_timestamp\"");
}

TEST_CASE("a file with more disorder than is kept in memory is an error with its line",
          "[traces]") {
  // Of one function, the last row first.
  const OpenRows backwards = [](const csv::ByteFilePointer&) -> std::unique_ptr<InvocationRows> {
    struct Rows final : InvocationRows {
      bool next(InvocationRow& row) override {
        if (given == 1'100'000) return false;
        row.app = row.function = "f";
        row.start = Duration::seconds(2'000'000 - ++given);
        return true;
      }
      ErrorPlace place() const override { return {"t.csv", given + 1, ""}; }
      int given = 0;
    };
    return std::make_unique<Rows>();
  };
  const auto trace = make_invocation_list(csv::text_file("t.csv", ""), backwards, 1);
  CHECK(error_text([&] { all_of(*trace); }) ==
        "t.csv:1048578: expected rows in the order of their times, or nearly so: at most 1048576 "
        "that have to wait for earlier ones, found more");
}

TEST_CASE("a file that changes between two passes is an error", "[traces]") {
  class Changing final : public csv::ByteFile {
   public:
    const std::string& name() const override { return name_; }
    std::unique_ptr<csv::ByteSource> open() const override {
      const std::string row = opened_++ == 0 ? "0,f,1\n" : "0,other,1\n";
      now_ = csv::text_file(name_, "timestamp_s,function,duration_s\n" + row);
      return now_->open();
    }

   private:
    std::string name_ = "t.csv";
    mutable int opened_ = 0;
    mutable csv::ByteFilePointer now_;
  };
  const auto trace = make_invocation_list(std::make_shared<Changing>(), csv_rows, 1);
  CHECK(error_text([&] { all_of(*trace); }) ==
        "t.csv:2: expected what the file had a moment ago, found another row");
}

}  // namespace wukong::trace_files
