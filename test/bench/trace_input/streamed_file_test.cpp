#include "bench/trace_input/streamed_file.h"

#include "sim/base/error.h"
#include "test/bench/support/error_text.h"
#include "test/bench/support/temporary_folder.h"
#include "test/catch.h"
#include "test/workloads/csv/gzip.h"
#include "test/workloads/trace_files/trace_text.h"
#include "workloads/trace_catalog/trace_options.h"

namespace wukong::trace_input {

TEST_CASE("a streamed trace is the trace of its content, gzip'd or not, as often as it is read",
          "[traces]") {
  const test::TemporaryFolder folder;
  std::string text = "timestamp_s,function,duration_s\n";
  for (int i = 0; i < 30'000; ++i)
    text += std::to_string(i) + ",f" + std::to_string(i % 9) + ",1\n";
  trace_catalog::TraceOptions in_memory, streamed, packed;
  in_memory.csv = InputFile{"t.csv", text};
  streamed.csv = InputFile{folder.write("t.csv", text), std::nullopt};
  packed.csv = InputFile{folder.write("t.csv.gz", test::gzip(text)), std::nullopt};
  const auto expected = test::all_of(*trace_catalog::make_trace(in_memory, 1, "trace"));
  CHECK(expected.size() == 30'000);
  for (const auto& options : {streamed, packed}) {
    const auto trace = trace_catalog::make_trace(options, 1, "trace", stream_input);
    CHECK(test::same_invocations(test::all_of(*trace), expected));
    CHECK(test::same_invocations(test::all_of(*trace), expected));
  }
}

TEST_CASE("the digest of a streamed file tells contents apart, not places", "[traces]") {
  const test::TemporaryFolder folder;
  const std::string text(200'000, 'x');
  const auto digest = [&](const std::string& name, const std::string& content) {
    return streamed_digest(streamed_file(folder.write(name, content)));
  };
  CHECK(digest("a", text) == digest("b", text));
  CHECK(digest("a", text) == streamed_digest(csv::text_file("c", text)));
  CHECK(digest("a", text) != digest("a", text + "x"));
  CHECK(digest("a", text) != digest("a", "y" + text.substr(1)));
}

TEST_CASE("what is no file to stream is an error that says what it is", "[traces]") {
  const test::TemporaryFolder folder;
  CHECK(test::error_text([&] { streamed_file(folder.file("none")); }) ==
        folder.file("none") + ": expected a readable file, found no such file");
  CHECK(test::error_text([&] { streamed_file(folder.path()); }) ==
        folder.path() + ": expected a readable file, found a folder");
  CHECK(test::error_text([] { streamed_file("/dev/zero"); }) ==
        "/dev/zero: expected a readable file, found a device or a pipe");
}

}  // namespace wukong::trace_input
