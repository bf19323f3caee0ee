#include "runtime/lambda_api/function_url.h"

#include <boost/json.hpp>

#include "runtime/lambda_api/api_error.h"
#include "test/catch.h"

namespace wukong::lambda_api {
namespace {

std::string header_of(const http::Response& response, const std::string& name) {
  for (const auto& [key, value] : response.headers)
    if (key == name) return value;
  return "";
}

TEST_CASE("a request to a function's URL is an event of format 2.0", "[serve]") {
  http::Request request;
  request.method = "POST";
  request.target = "/url/f/a%20b/c?x=1&x=2&y=%26";
  request.headers = {
      {"Host", "localhost:9000"}, {"X-One", "1"}, {"X-One", "2"}, {"Content-Type", "text/plain"}};
  request.body = "hello";
  const UrlTarget target = url_target(request.target);
  CHECK(target.id == "f");
  const boost::json::value event = boost::json::parse(url_event(target, request, "id", 0));
  CHECK(event.at("version") == "2.0");
  CHECK(event.at("rawPath") == "/a b/c");
  CHECK(event.at("rawQueryString") == "x=1&x=2&y=%26");
  CHECK(event.at("queryStringParameters").at("x") == "1,2");
  CHECK(event.at("queryStringParameters").at("y") == "&");
  CHECK(event.at("headers").at("x-one") == "1,2");
  CHECK(event.at("requestContext").at("http").at("method") == "POST");
  CHECK(event.at("body") == "hello");
  CHECK(event.at("isBase64Encoded") == false);
  request.headers.back().second = "image/png";
  const boost::json::value binary = boost::json::parse(url_event(target, request, "id", 0));
  CHECK(binary.at("body") == "aGVsbG8=");
  CHECK(binary.at("isBase64Encoded") == true);
}

TEST_CASE("an answer with a statusCode is a response, any other one its body", "[serve]") {
  const http::Response made = url_response(
      R"({"statusCode": 201, "headers": {"X-A": "1", "Content-Length": "9"}, "cookies": ["c=1"],
          "body": "aGVsbG8=", "isBase64Encoded": true})");
  CHECK(made.status == 201);
  CHECK(made.body == "hello");
  CHECK(header_of(made, "X-A") == "1");
  CHECK(header_of(made, "Set-Cookie") == "c=1");
  CHECK(header_of(made, "Content-Length").empty());
  CHECK(url_response(R"({"n": 1})").body == R"({"n": 1})");
  CHECK(url_response(R"("text")").body == "text");
  CHECK(url_response(R"({"statusCode": 99})").status == 502);
}

TEST_CASE("a function cannot put headers of its own making between others", "[serve]") {
  const http::Response response = url_response(
      R"({"statusCode": 200, "headers": {"X-A": "1\r\nX-B: 2", "X C": "3", "": "4"},
          "cookies": ["c=1\nX-D: 5"]})");
  CHECK(response.headers.size() == 1);
  CHECK(header_of(response, "Content-Type") == "application/json");
}

TEST_CASE("a URL is of its function and qualifier", "[serve]") {
  Functions functions;
  functions["f"].urls["live"] = {.id = "f.live", .auth_type = "AWS_IAM"};
  CHECK(function_of_url(functions, "f.live").qualifier == "live");
  CHECK(is_signed_url(functions, "f.live"));
  CHECK_THROWS_AS(function_of_url(functions, "f"), ApiError);
}

}  // namespace
}  // namespace wukong::lambda_api
