#include "runtime/http/http_server.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "test/catch.h"
#include "test/runtime/http/loopback_client.h"

namespace wukong::http {
namespace {

// Answers with what it has heard: "METHOD TARGET BODY".
struct Echo {
  explicit Echo(const HttpLimits& limits = {}, HttpHooks hooks = {})
      : server(
            loop, limits,
            [this](Request request, Answer answer) {
              requests.push_back(request);
              answer({.headers = {{"X-Heard", std::string(request.header("x-said"))}},
                      .body = request.method + " " + request.target + " " + request.body});
            },
            std::move(hooks)),
        port(server.listen("127.0.0.1", 0)) {}

  LoopbackClient client() { return LoopbackClient(loop, port); }

  boost::asio::io_context loop;
  std::vector<Request> requests;
  HttpServer server;
  uint16_t port;
};

// A server whose requests wait for the test to answer them.
struct Waiting {
  explicit Waiting(const HttpLimits& limits = {})
      : server(loop, limits, [this](Request, Answer answer) { answers.push_back(answer); }),
        port(server.listen("127.0.0.1", 0)) {}

  boost::asio::io_context loop;
  std::vector<Answer> answers;
  HttpServer server;
  uint16_t port;
};

constexpr const char* kGet = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

TEST_CASE("a server answers what the handler says, and keeps the connection", "[http]") {
  Echo echo;
  LoopbackClient client(echo.loop, echo.port);
  client.send("POST /a?b=%20 HTTP/1.1\r\nHost: x\r\nX-Said: hello\r\nContent-Length: 3\r\n\r\nabc");
  CHECK(client.read_answer() ==
        "HTTP/1.1 200 OK\r\nX-Heard: hello\r\nContent-Length: 17\r\n\r\nPOST /a?b=%20 abc");
  CHECK(echo.requests.at(0).peer == "127.0.0.1");
  client.send(kGet);
  CHECK(client.read_answer() == "HTTP/1.1 200 OK\r\nX-Heard: \r\nContent-Length: 7\r\n\r\nGET /a ");
}

TEST_CASE("requests that come together are answered one after another, in order", "[http]") {
  Waiting waiting;
  LoopbackClient client(waiting.loop, waiting.port);
  client.send(
      "GET /1 HTTP/1.1\r\n\r\nPOST /2 HTTP/1.1\r\nContent-Length: 1\r\n\r\nxGET /3 "
      "HTTP/1.1\r\n\r\n");
  for (size_t i = 0; i < 3; ++i) {
    run_until(waiting.loop, [&] { return waiting.answers.size() == i + 1; });
    waiting.loop.poll();
    REQUIRE(waiting.answers.size() == i + 1);  // the next one waits for this one's answer
    waiting.answers[i]({.body = std::to_string(i)});
    const std::string answer = client.read_answer();
    CHECK(answer.back() == static_cast<char>('0' + i));
  }
}

TEST_CASE("a body in chunks arrives whole", "[http]") {
  Echo echo;
  LoopbackClient client(echo.loop, echo.port);
  client.send(
      "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3;extension=1\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: x\r\n\r\n");
  client.read_answer();
  CHECK(echo.requests.at(0).body == "abcde");
}

TEST_CASE("a request that comes byte by byte is one request", "[http]") {
  Echo echo;
  LoopbackClient client(echo.loop, echo.port);
  const std::string bytes =
      "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
  for (const char byte : bytes) {
    client.send(std::string(1, byte));
    echo.loop.restart();
    while (echo.loop.poll_one() > 0) {
    }
  }
  client.read_answer();
  REQUIRE(echo.requests.size() == 1);
  CHECK(echo.requests[0].body == "abc");
}

TEST_CASE("who asks first whether a body may come is told so, once", "[http]") {
  Echo echo;
  LoopbackClient client(echo.loop, echo.port);
  client.send("POST / HTTP/1.1\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  CHECK(client.read_to("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("abc");
  CHECK_THAT(client.read_answer(), Catch::Contains("POST / abc"));
}

TEST_CASE("HEAD has the headers of an answer and not its body", "[http]") {
  Echo echo;
  LoopbackClient client(echo.loop, echo.port);
  client.send("HEAD / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");
  CHECK(client.read_to("\r\n\r\n") == "HTTP/1.1 200 OK\r\nX-Heard: \r\nContent-Length: 7\r\n\r\n");
  CHECK_THAT(client.read_answer(), Catch::StartsWith("HTTP/1.1 200"));
}

TEST_CASE("a connection is closed if the client says so, or is of HTTP/1.0", "[http]") {
  Echo echo;
  for (const char* request :
       {"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", "GET / HTTP/1.0\r\n\r\n"}) {
    LoopbackClient client(echo.loop, echo.port);
    client.send(request);
    CHECK_THAT(client.read_to_end(), Catch::Contains("Connection: close"));
  }
}

TEST_CASE("an answer with a header that would begin another line is not sent", "[http]") {
  Waiting waiting;
  for (const Headers& headers : {Headers{{"X", "a\r\nSet-Cookie: b"}}, Headers{{"X: y\r\nZ", "a"}},
                                 Headers{{"", "a"}}, Headers{{"X", std::string("a\0b", 3)}}}) {
    LoopbackClient client(waiting.loop, waiting.port);
    client.send(kGet);
    run_until(waiting.loop, [&] { return !waiting.answers.empty(); });
    waiting.answers.back()({.headers = headers, .body = "secret"});
    waiting.answers.clear();
    const std::string answer = client.read_answer();
    CHECK_THAT(answer, Catch::StartsWith("HTTP/1.1 500"));
    CHECK_THAT(answer, !Catch::Contains("Cookie") && !Catch::Contains("secret"));
  }
}

TEST_CASE("a handler's own Content-Length and Transfer-Encoding are not sent", "[http]") {
  Waiting waiting;
  LoopbackClient client(waiting.loop, waiting.port);
  client.send(kGet);
  run_until(waiting.loop, [&] { return !waiting.answers.empty(); });
  waiting.answers[0](
      {.headers = {{"content-length", "99"}, {"Transfer-Encoding", "chunked"}}, .body = "abc"});
  CHECK(client.read_answer() == "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc");
}

TEST_CASE("a request that nobody answers is answered 500", "[http]") {
  Waiting waiting;
  LoopbackClient client(waiting.loop, waiting.port);
  client.send(kGet);
  run_until(waiting.loop, [&] { return !waiting.answers.empty(); });
  waiting.answers.clear();
  CHECK_THAT(client.read_answer(), Catch::StartsWith("HTTP/1.1 500"));
}

TEST_CASE("a status without a body has no Content-Length", "[http]") {
  Waiting waiting;
  LoopbackClient client(waiting.loop, waiting.port);
  client.send(kGet);
  run_until(waiting.loop, [&] { return !waiting.answers.empty(); });
  waiting.answers[0]({.status = 204, .body = "ignored"});
  CHECK(client.read_to("\r\n\r\n") == "HTTP/1.1 204 No Content\r\n\r\n");
}

TEST_CASE("a refusal is worded by whoever listens", "[http]") {
  Echo echo({}, {.refusal = [](int status) {
              return Response{.headers = {{"x-amzn-ErrorType", "E"}},
                              .body = std::to_string(status)};
            }});
  LoopbackClient client(echo.loop, echo.port);
  client.send("nonsense\r\n\r\n");
  CHECK(client.read_to_end() ==
        "HTTP/1.1 400 Bad Request\r\nx-amzn-ErrorType: E\r\nContent-Length: 3\r\n"
        "Connection: close\r\n\r\n400");
}

TEST_CASE("a client that may not stay is told nothing", "[http]") {
  Echo echo({}, {.admits = [](int) { return false; }});
  LoopbackClient client(echo.loop, echo.port);
  CHECK(client.read_to_end().empty());
  CHECK(echo.server.connections() == 0);
}

TEST_CASE("an answer is streamed part by part", "[http]") {
  Waiting waiting;
  LoopbackClient client(waiting.loop, waiting.port);
  client.send(std::string(kGet) + kGet);
  run_until(waiting.loop, [&] { return !waiting.answers.empty(); });
  std::shared_ptr<BodyStream> stream;
  waiting.answers[0]({.stream = [&](std::shared_ptr<BodyStream> body) { stream = body; }});
  CHECK(client.read_to("\r\n\r\n") == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  run_until(waiting.loop, [&] { return stream != nullptr; });
  bool written = false;
  stream->write("hello, world", [&](bool open) { written = open; });
  CHECK(client.read_to("world\r\n") == "c\r\nhello, world\r\n");
  run_until(waiting.loop, [&] { return written; });
  stream->end();
  CHECK(client.read_to("\r\n\r\n") == "0\r\n\r\n");
  run_until(waiting.loop, [&] { return waiting.answers.size() == 2; });
}

TEST_CASE("a stream that is let go of cuts the connection", "[http]") {
  Waiting waiting;
  LoopbackClient client(waiting.loop, waiting.port);
  client.send(kGet);
  run_until(waiting.loop, [&] { return !waiting.answers.empty(); });
  waiting.answers[0]({.stream = [](const std::shared_ptr<BodyStream>&) {}});
  CHECK_THAT(client.read_to_end(), !Catch::Contains("0\r\n\r\n"));
}

TEST_CASE("a drained server answers what it has heard, and nothing more", "[http]") {
  Waiting waiting;
  LoopbackClient busy(waiting.loop, waiting.port);
  LoopbackClient idle(waiting.loop, waiting.port);
  busy.send(kGet);
  run_until(waiting.loop,
            [&] { return waiting.answers.size() == 1 && waiting.server.connections() == 2; });
  bool drained = false;
  waiting.server.drain([&] { drained = true; });
  CHECK(idle.read_to_end().empty());
  CHECK_THROWS(LoopbackClient(waiting.loop, waiting.port));
  CHECK_FALSE(drained);
  waiting.answers[0]({.body = "last"});
  CHECK_THAT(busy.read_to_end(), Catch::EndsWith("last"));
  busy.close();
  run_until(waiting.loop, [&] { return drained; });
}

TEST_CASE("a stopped server leaves nothing behind, whoever still owes an answer", "[http]") {
  std::vector<Answer> owed;
  {
    Waiting waiting;
    LoopbackClient client(waiting.loop, waiting.port);
    client.send(kGet);
    run_until(waiting.loop, [&] { return !waiting.answers.empty(); });
    owed = waiting.answers;
    waiting.server.stop();
    CHECK(waiting.server.connections() == 0);
    CHECK(client.read_to_end().empty());
  }
  owed[0]({.body = "too late"});
}

TEST_CASE("an address that cannot be had is named", "[http]") {
  Echo echo;
  CHECK_THROWS_WITH(echo.server.listen("127.0.0.1", echo.port),
                    Catch::Contains("cannot listen on 127.0.0.1:" + std::to_string(echo.port)));
  CHECK_THROWS_WITH(echo.server.listen("nowhere", 1), Catch::Contains("nowhere:1"));
}

}  // namespace
}  // namespace wukong::http
