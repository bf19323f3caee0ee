#include "runtime/serving/browser_guard.h"

#include "test/catch.h"
#include "test/runtime/serving/served.h"

namespace wukong::serving {
namespace {

http::Request request_with(const std::string& host, const std::string& origin = "") {
  http::Request request;
  request.headers.emplace_back("Host", host);
  if (!origin.empty()) request.headers.emplace_back("Origin", origin);
  return request;
}

TEST_CASE("a page of another server cannot speak to this one", "[serve]") {
  CHECK(is_from_here(request_with("127.0.0.1:9000")));
  CHECK(is_from_here(request_with("localhost:9000")));
  CHECK(is_from_here(request_with("[::1]:9000")));
  CHECK(is_from_here(request_with("lambda.us-east-1.amazonaws.com")));
  CHECK(is_from_here(request_with("127.0.0.1:9000", "http://127.0.0.1:9000")));
  CHECK_FALSE(is_from_here(request_with("127.0.0.1:9000", "https://example.com")));
  CHECK_FALSE(is_from_here(request_with("127.0.0.1:9000", "http://127.0.0.1:8000")));
  CHECK_FALSE(is_from_here(request_with("127.0.0.1:9000", "null")));
  CHECK_FALSE(is_from_here(request_with("example.com:9000")));
  CHECK_FALSE(is_from_here(request_with("127.0.0.1.example.com")));
  CHECK_FALSE(is_from_here(request_with("127.example.com:9000")));
}

TEST_CASE("what such a page sends is not done", "[serve]") {
  test::Served served;
  served.run([&](Server&, test::PlainClient& client) {
    const test::Got got =
        client.call("GET", "/2016-08-19/account-settings", "", "Origin: https://example.com\r\n");
    CHECK(got.status == 403);
    CHECK(got.header("x-amzn-ErrorType") == "AccessDeniedException");
    CHECK(client.call("GET", "/2016-08-19/account-settings").status == 200);
  });
}

}  // namespace
}  // namespace wukong::serving
