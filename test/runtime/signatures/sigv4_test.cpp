#include "runtime/signatures/sigv4.h"

#include "sim/base/error.h"
#include "test/catch.h"

namespace wukong::signatures {
namespace {

const Keys kKeys{{"AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}};
const Scope kScope{.region = "us-east-1", .service = "iam"};
const int64_t kThen = seconds_of_amz_date("20150830T123600Z");

// The example of AWS's documentation, with the signature that it has there.
http::Request documented() {
  http::Request request;
  request.method = "GET";
  request.target = "/?Action=ListUsers&Version=2010-05-08";
  request.headers = {
      {"Host", "iam.amazonaws.com"},
      {"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"},
      {"X-Amz-Date", "20150830T123600Z"},
      {"Authorization",
       "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
       "SignedHeaders=content-type;host;x-amz-date, "
       "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"}};
  return request;
}

TEST_CASE("the signature of AWS's documentation is good", "[serve]") {
  CHECK(kThen == 1440938160);
  CHECK(verify(documented(), kKeys, kScope, kThen) == Verdict::good);
  http::Request other_order = documented();
  other_order.target = "/?Version=2010-05-08&Action=ListUsers";
  CHECK(verify(other_order, kKeys, kScope, kThen) == Verdict::good);
}

TEST_CASE("what was changed on its way does not match", "[serve]") {
  http::Request request = documented();
  request.body = "x";
  CHECK(verify(request, kKeys, kScope, kThen) == Verdict::does_not_match);
  request = documented();
  request.target += "&More=1";
  CHECK(verify(request, kKeys, kScope, kThen) == Verdict::does_not_match);
  request = documented();
  request.headers[0].second = "example.com";
  CHECK(verify(request, kKeys, kScope, kThen) == Verdict::does_not_match);
  CHECK(verify(documented(), {{"AKIDEXAMPLE", "other"}}, kScope, kThen) == Verdict::does_not_match);
  CHECK(verify(documented(), kKeys, {.region = "eu-west-1", .service = "iam"}, kThen) ==
        Verdict::does_not_match);
}

TEST_CASE("a signature holds for a quarter of an hour", "[serve]") {
  CHECK(verify(documented(), kKeys, kScope, kThen + 900) == Verdict::good);
  CHECK(verify(documented(), kKeys, kScope, kThen + 901) == Verdict::expired);
  CHECK(verify(documented(), kKeys, kScope, kThen - 901) == Verdict::expired);
}

TEST_CASE("a request without a signature, or with half of one, is told apart", "[serve]") {
  http::Request request = documented();
  request.headers[3].second = "Basic dGVzdDp0ZXN0";
  CHECK(verify(request, kKeys, kScope, kThen) == Verdict::incomplete);
  request.headers.pop_back();
  CHECK(verify(request, kKeys, kScope, kThen) == Verdict::no_signature);
  CHECK(verify(documented(), {{"other", "secret"}}, kScope, kThen) == Verdict::unknown_key);
}

TEST_CASE("keys are lines of two words", "[serve]") {
  const Keys keys = read_keys("# mine\n\n  AK  secret # of the group\n", "keys");
  CHECK(keys == Keys{{"AK", "secret"}});
  CHECK_THROWS_AS(read_keys("AK\n", "keys"), Error);
  CHECK_THROWS_AS(read_keys("\n", "keys"), Error);
}

}  // namespace
}  // namespace wukong::signatures
