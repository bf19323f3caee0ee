#include "runtime/http/http_connection.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <charconv>
#include <string_view>
#include <utility>

#include "runtime/http/request_reader.h"
#include "runtime/http/response_text.h"
#include "sim/base/check.h"

namespace wukong::http {

using boost::system::error_code;
using std::chrono::steady_clock;

// What the handler's Answer owns. It keeps the connection alive until the answer has come.
class HttpConnection::PendingAnswer {
 public:
  explicit PendingAnswer(std::shared_ptr<HttpConnection> connection)
      : connection_(std::move(connection)) {}
  PendingAnswer(const PendingAnswer&) = delete;
  PendingAnswer& operator=(const PendingAnswer&) = delete;
  ~PendingAnswer() {
    if (connection_) connection_->answer(connection_->group_->refusal(500));
  }
  void give(Response response) {
    ENSURE(connection_ != nullptr && "a request is answered once");
    std::exchange(connection_, nullptr)->answer(std::move(response));
  }

 private:
  std::shared_ptr<HttpConnection> connection_;
};

class HttpConnection::Stream final : public BodyStream {
 public:
  Stream(std::shared_ptr<HttpConnection> connection, bool chunked)
      : connection_(std::move(connection)), chunked_(chunked) {}
  ~Stream() override {
    if (connection_) connection_->close();
  }
  void write(std::string part, std::function<void(bool)> written) override {
    ENSURE(connection_ != nullptr && "nothing is written after the end");
    if (part.empty()) return written(connection_->socket_.has_value());
    std::string head;
    if (chunked_) {
      std::array<char, 16> digits;
      const auto end = std::to_chars(digits.begin(), digits.end(), part.size(), 16).ptr;
      head.assign(digits.begin(), end);
      head += "\r\n";
      part += "\r\n";
    }
    connection_->write(std::move(head), std::move(part), std::move(written));
  }
  void end() override {
    const auto connection = std::exchange(connection_, nullptr);
    ENSURE(connection != nullptr && "a body ends once");
    connection->write(chunked_ ? "0\r\n\r\n" : "", "", [connection](bool open) {
      if (open) connection->next_request();
    });
  }

 private:
  std::shared_ptr<HttpConnection> connection_;
  bool chunked_;
};

HttpConnection::HttpConnection(std::shared_ptr<ConnectionGroup> group,
                               boost::asio::ip::tcp::socket socket)
    : group_(std::move(group)),
      socket_(std::move(socket)),
      reader_(std::make_unique<RequestReader>(group_->limits())) {
  error_code ignored;
  socket_->set_option(boost::asio::ip::tcp::no_delay(true), ignored);
  socket_->non_blocking(true, ignored);
  const auto peer = socket_->remote_endpoint(ignored);
  if (!ignored) peer_ = peer.address().to_string();
  group_->add(*this);
}

HttpConnection::~HttpConnection() { close(); }

void HttpConnection::start() {
  enter(Phase::idle, group_->limits().idle_time);
  read();
}

void HttpConnection::enter(Phase phase, std::optional<std::chrono::milliseconds> limit) {
  phase_ = phase;
  deadline_.reset();
  if (!limit) return;
  deadline_ = steady_clock::now() + *limit;
  group_->watch();
}

void HttpConnection::read() {
  socket_->async_read_some(reader_->space(),
                           [self = shared_from_this()](const error_code& error, size_t bytes) {
                             if (!self->socket_) return;
                             if (self->timed_out_) return self->refuse(408);
                             if (error) return self->close();
                             self->received(bytes);
                           });
}

void HttpConnection::received(size_t bytes) {
  reader_->received(bytes);
  if (phase_ == Phase::idle) enter(Phase::header, group_->limits().header_time);
  advance();
}

void HttpConnection::advance() {
  for (;;) {
    const size_t before = phase_ == Phase::body ? reader_->body_bytes() : 0;
    const RequestReader::State state = reader_->advance();
    const bool fits = group_->hold(reader_->body_bytes() - before);
    if (state == RequestReader::State::refused) return refuse(reader_->refusal());
    if (!fits) return refuse(503);
    if (state == RequestReader::State::complete) return hand_over();
    if (state == RequestReader::State::needs_more) return read();
    if (!begin_body()) return close();
  }
}

bool HttpConnection::begin_body() {
  enter(Phase::body, group_->limits().body_time);
  if (!reader_->expects_continue()) return true;
  constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  error_code error;
  return socket_->write_some(boost::asio::buffer(kContinue), error) == kContinue.size();
}

void HttpConnection::hand_over() {
  enter(Phase::handling, std::nullopt);
  group_->release(reader_->body_bytes());
  RequestReader::Whole whole = reader_->take();
  keep_alive_ = whole.keep_alive;
  old_client_ = whole.old_client;
  head_only_ = whole.request.method == "HEAD";
  whole.request.peer = peer_;
  const auto pending = std::make_shared<PendingAnswer>(shared_from_this());
  const auto handler = group_->handler();
  (*handler)(std::move(whole.request),
             [pending](Response response) { pending->give(std::move(response)); });
}

void HttpConnection::answer(Response response) {
  if (!socket_) return;
  if (!can_be_sent(response)) response = group_->refusal(500);
  if (response.stream) return begin_stream(std::move(response));
  keep_alive_ = keep_alive_ && !group_->draining();
  std::string head = response_head(response, {.keep_alive = keep_alive_});
  if (head_only_ || !may_have_body(response.status)) response.body.clear();
  write(std::move(head), std::move(response.body), [this](bool open) {
    if (open) next_request();
  });
}

void HttpConnection::begin_stream(Response response) {
  // A client of HTTP/1.0 knows no chunks: the connection's end is the body's.
  keep_alive_ = keep_alive_ && !group_->draining() && !old_client_;
  const BodyEnd end = old_client_ ? BodyEnd::close : BodyEnd::chunks;
  std::string head = response_head(response, {.end = end, .keep_alive = keep_alive_});
  const bool wanted = !head_only_ && may_have_body(response.status);
  write(std::move(head), "", [this, wanted, chunked = !old_client_, response](bool open) {
    if (!open) return;
    if (!wanted) return next_request();
    response.stream(std::make_shared<Stream>(shared_from_this(), chunked));
  });
}

void HttpConnection::write(std::string head, std::string body, std::function<void(bool)> written) {
  if (!socket_) return written(false);
  ENSURE(!written_ && "one write at a time");
  head_ = std::move(head);
  body_ = std::move(body);
  sent_ = 0;
  written_ = std::move(written);
  enter(Phase::writing, group_->limits().write_time);
  write_rest();
}

void HttpConnection::write_rest() {
  const size_t of_head = std::min(sent_, head_.size());
  const std::array<boost::asio::const_buffer, 2> rest = {
      boost::asio::buffer(head_) + of_head, boost::asio::buffer(body_) + (sent_ - of_head)};
  socket_->async_write_some(rest,
                            [self = shared_from_this()](const error_code& error, size_t bytes) {
                              if (!self->socket_) return;
                              if (error) return self->close();
                              self->sent_ += bytes;
                              if (self->sent_ < self->head_.size() + self->body_.size())
                                return self->write_rest();
                              self->head_.clear();
                              self->body_ = {};
                              self->enter(Phase::handling, std::nullopt);
                              std::exchange(self->written_, nullptr)(true);
                            });
}

void HttpConnection::next_request() {
  if (!keep_alive_) return linger();
  if (group_->draining()) return close();
  if (!reader_->has_bytes()) return start();
  enter(Phase::header, group_->limits().header_time);
  advance();
}

void HttpConnection::refuse(int status) {
  if (phase_ == Phase::header || phase_ == Phase::body) group_->release(reader_->body_bytes());
  phase_ = Phase::handling;
  reader_ = std::make_unique<RequestReader>(group_->limits());
  timed_out_ = false;
  keep_alive_ = false;
  answer(group_->refusal(status));
}

void HttpConnection::linger() {
  error_code ignored;
  socket_->shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
  reader_ = std::make_unique<RequestReader>(group_->limits());
  enter(Phase::lingering, group_->limits().linger_time);
  drop_what_comes();
}

void HttpConnection::drop_what_comes() {
  socket_->async_read_some(reader_->space(),
                           [self = shared_from_this()](const error_code& error, size_t) {
                             if (!self->socket_) return;
                             if (error) return self->close();
                             self->drop_what_comes();
                           });
}

void HttpConnection::time_out() {
  if (!socket_) return;
  if (phase_ != Phase::header && phase_ != Phase::body) return close();
  deadline_.reset();
  timed_out_ = true;
  error_code ignored;
  socket_->cancel(ignored);
}

void HttpConnection::close_unless_busy() {
  if (phase_ == Phase::idle || phase_ == Phase::header || phase_ == Phase::body) close();
}

void HttpConnection::close() {
  if (!socket_) return;
  if (phase_ == Phase::header || phase_ == Phase::body) group_->release(reader_->body_bytes());
  phase_ = Phase::closed;
  deadline_.reset();
  socket_.reset();
  group_->remove(*this);
  if (const auto written = std::exchange(written_, nullptr)) written(false);
}

}  // namespace wukong::http
