// What HTTP and processes cost in front of functions: our server, with a handler in this process
// and with a warm process for each connection, beside a bare Boost.Beast server that does nothing
// else.
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <cmath>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "bench/perf/benchmarks.h"
#include "bench/perf/harness.h"
#include "bench/perf/http_load.h"
#include "runtime/environments/process_environments.h"
#include "runtime/http/http_server.h"
#include "runtime/processes/scratch_folder.h"
#include "sim/base/check.h"

namespace wukong::perf {
namespace {

namespace beast = boost::beast;
using boost::asio::ip::tcp;
using boost::system::error_code;

constexpr int kConnections = 64;
constexpr int kRequests = 20'000;

// The client runs on a thread of its own until all is answered; then the loop stops.
double serve_load(boost::asio::io_context& loop, const HttpLoad& load, std::string* latencies) {
  double seconds = 0;
  const auto work = boost::asio::make_work_guard(loop);
  std::thread client([&] {
    const HttpTimes times = run_http_load(load);
    seconds = times.seconds;
    const auto at = [&](size_t percent) {
      return std::to_string(
          std::lround(times.latencies_us[(times.latencies_us.size() - 1) * percent / 100]));
    };
    if (latencies != nullptr) *latencies = "p50 " + at(50) + " us, p99 " + at(99) + " us";
    boost::asio::post(loop, [&] { loop.stop(); });
  });
  loop.restart();
  loop.run();
  client.join();
  return seconds;
}

class BareConnection : public std::enable_shared_from_this<BareConnection> {
 public:
  explicit BareConnection(tcp::socket socket) : socket_(std::move(socket)) {
    socket_.set_option(tcp::no_delay(true));
  }
  void read() {
    request_ = {};
    beast::http::async_read(socket_, buffer_, request_,
                            [self = shared_from_this()](const error_code& error, size_t) {
                              if (!error) self->write();
                            });
  }

 private:
  void write() {
    response_ = {};
    response_.set(beast::http::field::content_type, "application/json");
    response_.body() = std::move(request_.body());
    response_.prepare_payload();
    beast::http::async_write(socket_, response_,
                             [self = shared_from_this()](const error_code& error, size_t) {
                               if (!error) self->read();
                             });
  }

  tcp::socket socket_;
  beast::flat_buffer buffer_;
  beast::http::request<beast::http::string_body> request_;
  beast::http::response<beast::http::string_body> response_;
};

void accept(tcp::acceptor& acceptor) {
  acceptor.async_accept([&acceptor](const error_code& error, tcp::socket socket) {
    if (error) return;
    std::make_shared<BareConnection>(std::move(socket))->read();
    accept(acceptor);
  });
}

double bare_beast(HttpLoad load, std::string* latencies = nullptr) {
  boost::asio::io_context loop;
  tcp::acceptor acceptor(loop, {boost::asio::ip::address_v4::loopback(), 0});
  accept(acceptor);
  load.port = acceptor.local_endpoint().port();
  return serve_load(loop, load, latencies);
}

double handler_in_process(HttpLoad load, std::string* latencies = nullptr) {
  boost::asio::io_context loop;
  http::HttpServer server(loop, {}, [](http::Request request, const http::Answer& answer) {
    answer({.headers = {{"Content-Type", "application/json"}}, .body = std::move(request.body)});
  });
  load.port = server.listen("127.0.0.1", 0);
  return serve_load(loop, load, latencies);
}

// One warm environment for each connection, frozen between calls.
class ProcessFront {
 public:
  explicit ProcessFront(int environments)
      : processes_(loop_, scratch_.path()),
        server_(loop_, {}, [this](http::Request request, http::Answer answer) {
          call(std::move(request), std::move(answer));
        }) {
    environments::EnvironmentSpec spec;
    spec.function_name = "f";
    spec.runtime = "provided";
    spec.code_folder = scratch_.path() / "code";
    spec.log_folder = scratch_.path() / "logs";
    std::filesystem::create_directory(spec.code_folder);
    std::filesystem::create_symlink(std::filesystem::read_symlink("/proc/self/exe"),
                                    spec.code_folder / "bootstrap");
    int ready = 0;
    for (int i = 0; i < environments; ++i) {
      all_.push_back(processes_.make(spec));
      all_.back()->start(
          [&](const environments::Started& started) {
            ENSURE(!started.failure);
            ++ready;
          },
          [] {});
      idle_.push_back(all_.back().get());
    }
    while (ready < environments) {
      loop_.restart();
      loop_.run_one();
    }
    for (const auto& environment : all_) environment->freeze();
  }

  double run(HttpLoad load, std::string* latencies) {
    load.port = server_.listen("127.0.0.1", 0);
    return serve_load(loop_, load, latencies);
  }

 private:
  void call(http::Request request, http::Answer answer) {
    ENSURE(!idle_.empty());
    environments::Environment* const environment = idle_.back();
    idle_.pop_back();
    environments::Event event;
    event.request_id = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";
    event.payload = std::move(request.body);
    environment->thaw();
    environment->invoke(std::move(event), [this, environment, answer = std::move(answer)](
                                              environments::Outcome outcome) {
      environment->freeze();
      idle_.push_back(environment);
      answer(
          {.headers = {{"Content-Type", "application/json"}}, .body = std::move(outcome.payload)});
    });
  }

  processes::ScratchFolder scratch_;
  boost::asio::io_context loop_;
  environments::ProcessEnvironments processes_;
  std::vector<std::unique_ptr<environments::Environment>> all_;
  std::vector<environments::Environment*> idle_;
  http::HttpServer server_;
};

double warm_processes(const HttpLoad& load, std::string* latencies = nullptr) {
  ProcessFront front(load.connections);
  return front.run(load, latencies);
}

}  // namespace

void benchmark_http_front(Harness& harness) {
  const HttpLoad full{.connections = kConnections, .requests = kRequests};
  const HttpLoad one{.connections = 1, .requests = kRequests / 20};
  const auto latencies = [&](const auto& server) {
    std::string text;
    server(one, &text);
    return "one client alone: " + text;
  };
  constexpr const char* kHandler = "HTTP, a handler in this process (bare: Beast)";
  harness.compare(
      kHandler, kRequests, [&] { return handler_in_process(full); },
      [&] { return bare_beast(full); });
  if (harness.wanted(kHandler)) {
    harness.note("bare, " + latencies(bare_beast));
    harness.note(latencies(handler_in_process));
  }
  constexpr const char* kProcess = "HTTP, 64 warm processes (bare: Beast)";
  harness.compare(
      kProcess, kRequests, [&] { return warm_processes(full); }, [&] { return bare_beast(full); });
  if (harness.wanted(kProcess)) harness.note(latencies(warm_processes));
}

}  // namespace wukong::perf
