#include "bench/text/json_text.h"

#include <boost/json.hpp>

#include "test/bench/support/error_text.h"
#include "test/catch.h"

namespace wukong::text {
namespace {

std::string error_of(const std::string& json) {
  return test::error_text([&] { parse_json(json, "x.json"); });
}

TEST_CASE("a key that an object has twice is an error with its line", "[json]") {
  CHECK(error_of("{\"a\": 1,\n \"b\": [{\"c\": 1, \"d\": 2,\n \"c\": 3}]}") ==
        "x.json:3: c: expected each key of an object once, found this one a second time");
  // As another text that means the same.
  CHECK(error_of("{\"a\": 1, \"\\u0061\": 2}").find("x.json:1: a: expected each key") == 0);
}

TEST_CASE("equal keys of different objects are no repetition", "[json]") {
  CHECK(parse_json(R"({"a": {"a": 1}, "b": [{"a": 2}, {"a": 3}]})", "x.json").at("a").at("a") == 1);
}

TEST_CASE("what is no JSON document, or more than one, is an error", "[json]") {
  for (const std::string text : {"", "{", "{\"a\": nan}", "[1] [2]", "{\"a\": 1} x"})
    CHECK(error_of(text).find("not valid JSON") != std::string::npos);
}

}  // namespace
}  // namespace wukong::text
