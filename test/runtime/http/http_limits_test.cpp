#include <boost/asio/io_context.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/http/http_server.h"
#include "test/catch.h"
#include "test/runtime/http/loopback_client.h"

namespace wukong::http {
namespace {

using std::chrono::milliseconds;

struct Limited {
  explicit Limited(const HttpLimits& limits)
      : server(loop, limits,
               [this](Request request, Answer answer) {
                 bodies.push_back(request.body.size());
                 answer({.body = std::string(answer_bytes, 'x')});
               }),
        port(server.listen("127.0.0.1", 0)) {}

  // What the server says to that, to the end of the connection.
  std::string said_to(const std::string& bytes) {
    LoopbackClient client(loop, port);
    client.send(bytes);
    return client.read_to_end();
  }

  boost::asio::io_context loop;
  std::vector<size_t> bodies;
  size_t answer_bytes = 2;
  HttpServer server;
  uint16_t port;
};

HttpLimits small() {
  return {.header_bytes = 1000, .body_bytes = 2000, .linger_time = milliseconds(20)};
}

TEST_CASE("headers that are too long are refused with 431", "[http]") {
  Limited limited(small());
  CHECK_THAT(limited.said_to("GET / HTTP/1.1\r\nX: " + std::string(2000, 'x')),
             Catch::StartsWith("HTTP/1.1 431"));
  CHECK_THAT(limited.said_to("GET /" + std::string(2000, 'x')), Catch::StartsWith("HTTP/1.1 431"));
  CHECK(limited.bodies.empty());
}

TEST_CASE("a body that is too long is refused with 413, announced or not", "[http]") {
  Limited limited(small());
  const std::string post = "POST / HTTP/1.1\r\n";
  CHECK_THAT(limited.said_to(post + "Content-Length: 2001\r\n\r\n"),
             Catch::StartsWith("HTTP/1.1 413"));
  CHECK_THAT(limited.said_to(post + "Transfer-Encoding: chunked\r\n\r\n5dc\r\n" +
                             std::string(1500, 'x') + "\r\n5dc\r\n" + std::string(1500, 'x')),
             Catch::StartsWith("HTTP/1.1 413"));
  // No invitation to send what would be refused.
  CHECK_THAT(limited.said_to(post + "Content-Length: 2001\r\nExpect: 100-continue\r\n\r\n"),
             Catch::StartsWith("HTTP/1.1 413"));
  CHECK(limited.bodies.empty());
}

TEST_CASE("a client that goes on sending after a refusal can still read it", "[http]") {
  HttpLimits limits = small();
  limits.linger_time = milliseconds(5000);
  Limited limited(limits);
  LoopbackClient client(limited.loop, limited.port);
  client.send("POST / HTTP/1.1\r\nContent-Length: 20000000\r\n\r\n" + std::string(20'000'000, 'x'));
  CHECK_THAT(client.read_answer(), Catch::StartsWith("HTTP/1.1 413"));
}

TEST_CASE("bodies that are too long together are refused with 503, and then fit again", "[http]") {
  HttpLimits limits = small();
  limits.all_bodies_bytes = 2500;
  Limited limited(limits);
  const std::string begun =
      "POST / HTTP/1.1\r\nContent-Length: 1500\r\n\r\n" + std::string(1400, 'x');
  LoopbackClient first(limited.loop, limited.port);
  first.send(begun);
  while (limited.server.connections() < 1) limited.loop.run_one();
  limited.loop.poll();
  CHECK_THAT(limited.said_to(begun), Catch::StartsWith("HTTP/1.1 503"));
  first.send(std::string(100, 'x'));
  CHECK_THAT(first.read_answer(), Catch::StartsWith("HTTP/1.1 200"));
  LoopbackClient third(limited.loop, limited.port);
  third.send(begun + std::string(100, 'x'));
  CHECK_THAT(third.read_answer(), Catch::StartsWith("HTTP/1.1 200"));
  CHECK(limited.bodies == std::vector<size_t>{1500, 1500});
}

TEST_CASE("connections beyond the limit are refused with 503", "[http]") {
  HttpLimits limits = small();
  limits.connections = 2;
  Limited limited(limits);
  auto first = std::make_unique<LoopbackClient>(limited.loop, limited.port);
  const LoopbackClient second(limited.loop, limited.port);
  run_until(limited.loop, [&] { return limited.server.connections() == 2; });
  CHECK_THAT(limited.said_to("GET / HTTP/1.1\r\n\r\n"), Catch::StartsWith("HTTP/1.1 503"));
  first.reset();
  run_until(limited.loop, [&] { return limited.server.connections() == 1; });
  LoopbackClient third(limited.loop, limited.port);
  third.send("GET / HTTP/1.1\r\n\r\n");
  CHECK_THAT(third.read_answer(), Catch::StartsWith("HTTP/1.1 200"));
}

TEST_CASE("a request that does not come to an end is refused with 408", "[http]") {
  HttpLimits limits = small();
  limits.header_time = milliseconds(20);
  limits.body_time = milliseconds(20);
  Limited limited(limits);
  CHECK_THAT(limited.said_to("GET / HT"), Catch::StartsWith("HTTP/1.1 408"));
  CHECK_THAT(limited.said_to("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nabc"),
             Catch::StartsWith("HTTP/1.1 408"));
  CHECK(limited.bodies.empty());
}

TEST_CASE("a byte now and then does not keep a request alive", "[http]") {
  HttpLimits limits = small();
  limits.header_time = milliseconds(40);
  Limited limited(limits);
  LoopbackClient client(limited.loop, limited.port);
  client.send("GET / HTTP/1.1\r\n");
  int bytes = 0;
  bool open = true;
  while (open && bytes < 1000) {
    limited.loop.restart();
    limited.loop.run_for(milliseconds(4));
    open = limited.server.connections() > 0;
    if (open) client.send("X");
    ++bytes;
  }
  CHECK_FALSE(open);
  CHECK(limited.bodies.empty());
}

TEST_CASE("a connection without requests is closed without a word", "[http]") {
  HttpLimits limits = small();
  limits.idle_time = milliseconds(20);
  Limited limited(limits);
  CHECK(limited.said_to("").empty());
  LoopbackClient client(limited.loop, limited.port);
  client.send("GET / HTTP/1.1\r\n\r\n");
  CHECK_THAT(client.read_to_end(), Catch::StartsWith("HTTP/1.1 200") && !Catch::Contains("408"));
}

TEST_CASE("an answer that nobody takes is given up", "[http]") {
  HttpLimits limits = small();
  limits.write_time = milliseconds(20);
  Limited limited(limits);
  limited.answer_bytes = 50'000'000;
  boost::asio::ip::tcp::socket client(limited.loop);
  client.connect({boost::asio::ip::address_v4::loopback(), limited.port});
  boost::asio::write(client, boost::asio::buffer(std::string("GET / HTTP/1.1\r\n\r\n")));
  run_until(limited.loop, [&] { return limited.bodies.size() == 1; });
  run_until(limited.loop, [&] { return limited.server.connections() == 0; });
}

TEST_CASE("what is no HTTP of ours is refused", "[http]") {
  Limited limited(small());
  const std::string post = "POST / HTTP/1.1\r\n";
  const std::pair<std::string, std::string> cases[] = {
      {"\x16\x03\x01 hello TLS\r\n\r\n", "400"},
      {"GET / HTTP/3.0\r\n\r\n", "505"},
      {"GET / HTTP/1.1\r\nNo colon\r\n\r\n", "400"},
      {post + "Content-Length: -1\r\n\r\n", "400"},
      {post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n", "400"},
      {post + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", "400"},
      {post + "Transfer-Encoding: gzip\r\n\r\n", "501"},
      {post + "Transfer-Encoding: gzip, chunked\r\n\r\n", "501"},
      {post + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", "400"},
      {post + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n", "400"},
      {post + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(100'000, 'e'), "431"},
      {post + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: " + std::string(100'000, 't'), "431"},
  };
  for (const auto& [bytes, status] : cases) {
    INFO(bytes.substr(0, 80));
    CHECK_THAT(limited.said_to(bytes), Catch::StartsWith("HTTP/1.1 " + status));
  }
  CHECK(limited.bodies.empty());
}

}  // namespace
}  // namespace wukong::http
