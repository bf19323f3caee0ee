#include "runtime/redis/redis_line.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <new>
#include <utility>
#include <vector>

namespace wukong::redis {

using boost::system::error_code;

void ReplyLimits::apply(redisReader& reader) {
  functions_ = *reader.fn;
  functions_.createArray = [](const redisReadTask* task, int elements) -> void* {
    const auto& usual = *static_cast<const redisReplyObjectFunctions*>(task->privdata);
    return elements > kMostReplyElements ? nullptr : usual.createArray(task, elements);
  };
  reader.privdata = reader.fn;
  reader.fn = &functions_;
}

RedisLine::RedisLine(boost::asio::io_context& context, Listener& listener)
    : context_(context),
      listener_(&listener),
      socket_(context),
      reader_(redisReaderCreate()),
      active_(std::chrono::steady_clock::now()) {
  if (reader_ == nullptr) throw std::bad_alloc();
  limits_.apply(*reader_);
}

RedisLine::~RedisLine() { redisReaderFree(reader_); }

void RedisLine::connect(const RedisAddress& address) {
  std::vector<Protocol::endpoint> places;
  error_code unknown;
  if (address.socket.empty()) {
    boost::asio::ip::tcp::resolver resolver(context_);
    for (const auto& found : resolver.resolve(address.host, std::to_string(address.port), unknown))
      places.emplace_back(found.endpoint());
  } else {
    places.emplace_back(boost::asio::local::stream_protocol::endpoint(address.socket));
  }
  if (unknown) {
    boost::asio::post(context_,
                      [line = shared_from_this(), why = unknown.message()] { line->fail(why); });
    return;
  }
  const auto list = std::make_shared<const std::vector<Protocol::endpoint>>(std::move(places));
  boost::asio::async_connect(
      socket_, *list,
      [line = shared_from_this(), list](const error_code& error, const Protocol::endpoint& to) {
        if (error) return line->fail(error.message());
        if (line->listener_ == nullptr) return;
        const int family = to.protocol().family();
        if (family == AF_INET || family == AF_INET6)
          line->socket_.set_option(boost::asio::ip::tcp::no_delay(true));
        line->connected_ = true;
        line->active_ = std::chrono::steady_clock::now();
        line->receive();
        line->send();
      });
}

void RedisLine::write(const std::string& bytes) {
  waiting_ += bytes;
  send();
}

void RedisLine::send() {
  if (!connected_ || !sending_.empty() || waiting_.empty()) return;
  std::swap(sending_, waiting_);
  const auto handler = [line = shared_from_this()](const error_code& error, size_t) {
    if (error) return line->fail(error.message());
    line->active_ = std::chrono::steady_clock::now();
    line->sending_.clear();
    line->send();
  };
  boost::asio::async_write(socket_, boost::asio::buffer(sending_), handler);
}

void RedisLine::receive() {
  const auto handler = [line = shared_from_this()](const error_code& error, size_t size) {
    if (error == boost::asio::error::eof) return line->fail("it has closed the connection");
    if (error) return line->fail(error.message());
    line->read(size);
    if (line->listener_ != nullptr) line->receive();
  };
  socket_.async_read_some(boost::asio::buffer(buffer_), handler);
}

void RedisLine::read(size_t size) {
  if (listener_ == nullptr) return;
  active_ = std::chrono::steady_clock::now();
  redisReaderFeed(reader_, buffer_.data(), size);
  while (listener_ != nullptr) {
    void* found = nullptr;
    if (redisReaderGetReply(reader_, &found) != REDIS_OK) {
      const bool long_array = reader_->err == REDIS_ERR_OOM;
      return listener_->nonsense(long_array ? "a reply too long to be one"
                                            : std::string("no reply (") + reader_->errstr + ")");
    }
    if (found == nullptr) break;
    const std::unique_ptr<redisReply, void (*)(void*)> reply(static_cast<redisReply*>(found),
                                                             freeReplyObject);
    listener_->take(*reply);
  }
  if (listener_ != nullptr && announced() > kLargestReply)
    listener_->nonsense("a value of " + std::to_string(announced()) + " bytes");
}

int64_t RedisLine::announced() const {
  if (reader_->ridx < 0 || reader_->rstack[reader_->ridx].type != REDIS_REPLY_STRING) return 0;
  int64_t length = 0;
  const char* const digits = reader_->buf + reader_->pos;
  std::from_chars(digits, reader_->buf + reader_->len, length);
  return length;
}

void RedisLine::fail(const std::string& reason) {
  if (listener_ != nullptr) listener_->broken(reason);
}

void RedisLine::close() {
  listener_ = nullptr;
  error_code ignored;
  socket_.close(ignored);
}

}  // namespace wukong::redis
