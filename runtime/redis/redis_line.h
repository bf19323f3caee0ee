// A connection to a Redis server as bytes that go out and replies that come in, in the loop.
// hiredis takes the replies apart; a server that sends what is none, or one larger than any that is
// asked for, is found out before it has cost memory. For the loop's thread.
#pragma once

#include <hiredis/hiredis.h>

#include <array>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <memory>
#include <string>

#include "runtime/redis/redis_address.h"

namespace wukong::redis {

// No command of ours is answered by more elements; EXEC, by at most as many as it has commands.
constexpr int kMostReplyElements = 1024;
// Bytes of a value: Redis' own limit, proto-max-bulk-len.
constexpr int64_t kLargestReply = int64_t{512} << 20;

// hiredis' reader with those limits: makes room for no more elements than that. Outlives `reader`.
class ReplyLimits {
 public:
  void apply(redisReader& reader);

 private:
  redisReplyObjectFunctions functions_{};
};

class RedisLine : public std::enable_shared_from_this<RedisLine> {
 public:
  class Listener {
   public:
    // May close the line.
    virtual void take(const redisReply& reply) = 0;
    // The connection could not be made, or has ended.
    virtual void broken(const std::string& reason) = 0;
    // What comes is no reply of a Redis server.
    virtual void nonsense(const std::string& what) = 0;

   protected:
    ~Listener() = default;
  };

  RedisLine(boost::asio::io_context& context, Listener& listener);
  RedisLine(const RedisLine&) = delete;
  RedisLine& operator=(const RedisLine&) = delete;
  ~RedisLine();

  void connect(const RedisAddress& address);
  // In order; also before the connection is there.
  void write(const std::string& bytes);
  // The listener hears nothing after that.
  void close();
  // When bytes last went out or came in.
  std::chrono::steady_clock::time_point active() const { return active_; }

 private:
  using Protocol = boost::asio::generic::stream_protocol;

  void send();
  void receive();
  void read(size_t size);
  void fail(const std::string& reason);
  // Of a value whose bytes have not all come; 0: there is none.
  int64_t announced() const;

  boost::asio::io_context& context_;
  Listener* listener_;  // null: closed
  Protocol::socket socket_;
  ReplyLimits limits_;
  redisReader* reader_;
  std::chrono::steady_clock::time_point active_;
  std::array<char, 65536> buffer_;
  std::string waiting_;  // to be sent
  std::string sending_;
  bool connected_ = false;
};

}  // namespace wukong::redis
