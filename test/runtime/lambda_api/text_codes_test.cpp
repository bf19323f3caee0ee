#include "runtime/lambda_api/text_codes.h"

#include "runtime/lambda_api/record_text.h"
#include "test/catch.h"

namespace wukong::lambda_api {
namespace {

// RFC 4648, section 10.
TEST_CASE("base64 is that of its standard, both ways", "[serve]") {
  const std::pair<const char*, const char*> known[] = {{"", ""},
                                                       {"f", "Zg=="},
                                                       {"fo", "Zm8="},
                                                       {"foo", "Zm9v"},
                                                       {"foob", "Zm9vYg=="},
                                                       {"fooba", "Zm9vYmE="},
                                                       {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : known) {
    CHECK(base64(bytes) == text);
    CHECK(from_base64(text) == bytes);
  }
  for (const char* text : {"Z", "Zg=", "Z===", "Zg==Zg==", "Z!==", "===="})
    CHECK_FALSE(from_base64(text));
}

TEST_CASE("what is percent-encoded is decoded once, and anything else stays", "[serve]") {
  CHECK(percent_decoded("a%3Ab%20c%2525") == "a:b c%25");
  CHECK(percent_decoded("100%") == "100%");
  CHECK(percent_decoded("%zz%4") == "%zz%4");
}

TEST_CASE("an identifier is a UUID of version 4", "[serve]") {
  CHECK(uuid(0, 0) == "00000000-0000-4000-8000-000000000000");
  CHECK(uuid(~uint64_t{0}, ~uint64_t{0}) == "ffffffff-ffff-4fff-bfff-ffffffffffff");
}

TEST_CASE("a function's record is the same after it was kept", "[serve]") {
  Function function;
  function.name = "f";
  function.latest = {.number = "$LATEST",
                     .configuration = {.runtime = "python3.12", .environment = {{"A", "ü\n"}}},
                     .code = {"id", "sha", 7},
                     .revision = "r",
                     .modified_ms = 1,
                     .active_ms = 2,
                     .updated_ms = 3};
  function.versions[12] = function.latest;
  function.aliases["live"] = {.name = "live", .version = "12", .weights = {{"3", 0.25}}};
  function.reserved = 0;
  function.provisioned["live"] = {.requested = 5};
  function.event_configs["$LATEST"] = {.retries = 0, .on_failure = "arn"};
  function.urls["$LATEST"] = {.id = "f", .auth_type = "NONE"};
  const Function again = from_text(to_text(function));
  CHECK(to_text(again) == to_text(function));
  CHECK(again.reserved == 0);
  CHECK(again.latest.configuration == function.latest.configuration);
  CHECK(again.versions.at(12).code == function.latest.code);
  CHECK(again.event_configs.at("$LATEST").retries == 0);
  CHECK_FALSE(again.event_configs.at("$LATEST").age_s);
  CHECK_THROWS(from_text("{}"));
}

}  // namespace
}  // namespace wukong::lambda_api
