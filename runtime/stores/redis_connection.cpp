#include "runtime/stores/redis_connection.h"

#include <algorithm>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <utility>

#include "sim/base/check.h"

namespace wukong::stores {

using boost::asio::posix::stream_descriptor;

// hiredis says when it wants to read and write; Asio says when it can. Lives until hiredis lets go
// of it and its last handler has run.
class RedisConnection::Socket : public std::enable_shared_from_this<RedisConnection::Socket> {
 public:
  static void attach(boost::asio::io_context& context, redisAsyncContext* redis) {
    const auto socket = std::make_shared<Socket>(context, redis);
    socket->self_ = socket;
    redis->ev.data = socket.get();
    redis->ev.addRead = [](void* self) { static_cast<Socket*>(self)->want(kRead, true); };
    redis->ev.delRead = [](void* self) { static_cast<Socket*>(self)->want(kRead, false); };
    redis->ev.addWrite = [](void* self) { static_cast<Socket*>(self)->want(kWrite, true); };
    redis->ev.delWrite = [](void* self) { static_cast<Socket*>(self)->want(kWrite, false); };
    redis->ev.cleanup = [](void* self) { static_cast<Socket*>(self)->detach(); };
  }

  Socket(boost::asio::io_context& context, redisAsyncContext* redis)
      : redis_(redis), descriptor_(context, redis->c.fd) {}

 private:
  enum Direction { kRead, kWrite };

  void want(Direction direction, bool wanted) {
    wanted_[direction] = wanted;
    if (wanted && !waiting_[direction]) wait(direction);
  }

  void wait(Direction direction) {
    waiting_[direction] = true;
    const auto kind =
        direction == kRead ? stream_descriptor::wait_read : stream_descriptor::wait_write;
    descriptor_.async_wait(kind, [socket = shared_from_this(),
                                  direction](const boost::system::error_code& error) {
      socket->waiting_[direction] = false;
      if (error || socket->redis_ == nullptr) return;
      // Either may end the connection, and with it this socket's use.
      if (direction == kRead)
        redisAsyncHandleRead(socket->redis_);
      else
        redisAsyncHandleWrite(socket->redis_);
      if (socket->redis_ != nullptr && socket->wanted_[direction] && !socket->waiting_[direction])
        socket->wait(direction);
    });
  }

  // hiredis closes the descriptor itself.
  void detach() {
    redis_ = nullptr;
    descriptor_.cancel();
    descriptor_.release();
    self_.reset();
  }

  redisAsyncContext* redis_;
  stream_descriptor descriptor_;
  std::array<bool, 2> wanted_{};
  std::array<bool, 2> waiting_{};
  std::shared_ptr<Socket> self_;
};

RedisDataLost::RedisDataLost(const RedisAddress& address)
    : std::runtime_error("the Redis server " + address.text() +
                         " was restarted, and has lost what the run had stored in it (a server "
                         "keeps it with --appendonly yes)") {}

RedisConnection::RedisConnection(boost::asio::io_context& context, RedisServerOfRun server)
    : context_(context), server_(std::move(server)), timer_(context) {}

RedisConnection::~RedisConnection() {
  timer_.cancel();
  if (redis_ != nullptr) redisAsyncFree(std::exchange(redis_, nullptr));
}

bool RedisConnection::connect() {
  if (redis_ != nullptr) return true;
  const RedisAddress& address = server_.address;
  redisAsyncContext* const redis = address.socket.empty()
                                       ? redisAsyncConnect(address.host.c_str(), address.port)
                                       : redisAsyncConnectUnix(address.socket.c_str());
  if (redis == nullptr) return false;
  if (redis->err != 0) {
    redisAsyncFree(redis);
    return false;
  }
  redis->data = this;
  redis_ = redis;
  greeted_ = false;
  looked_ = false;
  Socket::attach(context_, redis);
  redisAsyncSetConnectCallback(redis, [](const redisAsyncContext* context, int status) {
    if (status != REDIS_OK) static_cast<RedisConnection*>(context->data)->disconnected();
  });
  redisAsyncSetDisconnectCallback(redis, [](const redisAsyncContext* context, int) {
    static_cast<RedisConnection*>(context->data)->disconnected();
  });
  return true;
}

// hiredis frees the context itself, and answers what is waiting with nothing.
void RedisConnection::disconnected() { redis_ = nullptr; }

void RedisConnection::send(const std::vector<std::string_view>& command, Handler handler) {
  enqueue(command, std::move(handler), /*subscription=*/false);
}

void RedisConnection::subscribe(const std::string& channel, Handler handler) {
  enqueue({"SUBSCRIBE", channel}, std::move(handler), /*subscription=*/true);
}

// What the server refuses, it refuses again when something else is asked.
void RedisConnection::greet() {
  greeted_ = true;
  looked_ = true;  // only afterwards
  for (const std::vector<std::string>& words : server_.address.greeting())
    enqueue({words.begin(), words.end()}, [](const redisReply*) {}, /*subscription=*/false);
  looked_ = false;
}

// Before whatever else is asked: an answer from an empty server would be a wrong one.
void RedisConnection::look_for_mark() {
  looked_ = true;
  enqueue(
      {"EXISTS", server_.mark},
      [this](const redisReply* reply) {
        if (reply == nullptr) return;
        // A server that is still loading its data refuses.
        if (reply->type == REDIS_REPLY_ERROR) looked_ = false;
        if (reply->type != REDIS_REPLY_INTEGER || reply->integer == 1) return;
        // Not through hiredis, which is C.
        boost::asio::post(context_, [address = server_.address] { throw RedisDataLost(address); });
      },
      /*subscription=*/false);
}

void RedisConnection::enqueue(const std::vector<std::string_view>& command, Handler handler,
                              bool subscription) {
  if (!connect()) return handler(nullptr);
  if (!greeted_) greet();
  if (!looked_) look_for_mark();
  std::vector<const char*> texts;
  std::vector<size_t> lengths;
  for (const std::string_view part : command) {
    texts.push_back(part.data());
    lengths.push_back(part.size());
  }
  waiting_.push_back(std::make_unique<Waiting>(
      Waiting{std::move(handler), std::chrono::steady_clock::now(), subscription}));
  Waiting* const waiting = waiting_.back().get();
  const int sent = redisAsyncCommandArgv(redis_, on_reply, waiting, static_cast<int>(texts.size()),
                                         texts.data(), lengths.data());
  if (sent != REDIS_OK) answer(waiting, nullptr);
  watch();
}

void RedisConnection::on_reply(redisAsyncContext* context, void* reply, void* waiting) {
  static_cast<RedisConnection*>(context->data)
      ->answer(static_cast<Waiting*>(waiting), static_cast<const redisReply*>(reply));
}

void RedisConnection::answer(Waiting* waiting, const redisReply* reply) {
  const auto place = std::find_if(waiting_.begin(), waiting_.end(),
                                  [&](const auto& held) { return held.get() == waiting; });
  ENSURE(place != waiting_.end());
  if (waiting->subscription && reply != nullptr) return waiting->handler(reply);
  const std::unique_ptr<Waiting> done = std::move(*place);
  waiting_.erase(place);
  done->handler(reply);
}

// Looks at the oldest command now and then while there is one.
void RedisConnection::watch() {
  if (watching_ || waiting_.empty()) return;
  watching_ = true;
  timer_.expires_after(kTimeout / 2);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (error) return;
    watching_ = false;
    const auto now = std::chrono::steady_clock::now();
    const bool late = std::any_of(waiting_.begin(), waiting_.end(), [&](const auto& held) {
      return !held->subscription && now - held->since > kTimeout;
    });
    if (late && redis_ != nullptr) redisAsyncFree(std::exchange(redis_, nullptr));
    watch();
  });
}

}  // namespace wukong::stores
