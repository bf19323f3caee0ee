#include "runtime/redis/redis_connection.h"

#include <algorithm>
#include <utility>

#include "runtime/redis/reply_kind.h"

namespace wukong::redis {

using std::chrono::steady_clock;

namespace {

constexpr std::string_view kSubscribe = "SUBSCRIBE";

// The command in Redis' protocol.
std::string protocol_of(const std::vector<std::string_view>& command) {
  std::string bytes = "*" + std::to_string(command.size()) + "\r\n";
  for (const std::string_view part : command) {
    bytes += "$" + std::to_string(part.size()) + "\r\n";
    bytes += part;
    bytes += "\r\n";
  }
  return bytes;
}

}  // namespace

RedisConnection::RedisConnection(boost::asio::io_context& context, RedisServerOfRun server)
    : context_(context), server_(std::move(server)), timer_(context) {}

RedisConnection::~RedisConnection() {
  timer_.cancel();
  hang_up();
}

void RedisConnection::send(const std::vector<std::string_view>& command, Handler handler) {
  if (line_ == nullptr) connect();
  if (!looked_ || steady_clock::now() - looked_at_ > kLookAgain) look_for_mark();
  enqueue(command, std::move(handler));
}

void RedisConnection::subscribe(const std::string& channel, Handler handler) {
  send({kSubscribe, channel}, std::move(handler));
}

void RedisConnection::connect() {
  RedisLine::Listener& listener = *this;
  line_ = std::make_shared<RedisLine>(context_, listener);
  line_->connect(server_.address);
  looked_ = false;
  greet();
}

// What the server refuses, it refuses again when something else is asked.
void RedisConnection::greet() {
  for (const std::vector<std::string>& words : server_.address.greeting())
    enqueue({words.begin(), words.end()}, [](const redisReply*) {});
}

// Before whatever else is asked: an answer from an empty server would be a wrong one.
void RedisConnection::look_for_mark() {
  const bool after_connecting = !std::exchange(looked_, true);
  looked_at_ = steady_clock::now();
  enqueue({"EXISTS", server_.mark()}, [this, after_connecting](const redisReply* reply) {
    if (reply == nullptr) return;
    looked_ = reply->type != REDIS_REPLY_ERROR;  // a server that is still loading its data
    if (looked_ && reply->integer == 0) miss_mark(after_connecting);
  });
}

void RedisConnection::miss_mark(bool after_connecting) const {
  if (!after_connecting) throw_lost(server_, "the run's data");
  throw RedisUnusable(server_.address,
                      "was restarted, and has lost what the run had stored in it (a server keeps "
                      "it with --appendonly yes)");
}

void RedisConnection::enqueue(const std::vector<std::string_view>& command, Handler handler) {
  waiting_.push_back(
      {std::string(command.front()), std::move(handler), steady_clock::now(), false});
  line_->write(protocol_of(command));
  watch();
}

void RedisConnection::take(const redisReply& reply) {
  if (waiting_.empty()) return nonsense("a reply to nothing");
  Waiting& first = waiting_.front();
  if (reply.type == REDIS_REPLY_ERROR) {
    if (!passes(reply))
      throw RedisUnusable(server_.address,
                          "refuses " + first.command + ": " + std::string(reply.str, reply.len));
    server_.health->fails(std::string(reply.str, reply.len));
  } else if (!answers(first.command, reply)) {
    return nonsense("another kind of reply to " + first.command + " than Redis has");
  } else {
    server_.health->answers();
  }
  if (first.command == kSubscribe && reply.type != REDIS_REPLY_ERROR) {
    first.confirmed = true;
    return first.handler(&reply);
  }
  const Waiting done = std::move(first);
  waiting_.pop_front();
  done.handler(&reply);
}

void RedisConnection::broken(const std::string& reason) {
  server_.health->fails(reason);
  hang_up();
}

void RedisConnection::nonsense(const std::string& what) {
  throw RedisUnusable(server_.address, "is none, or broken: it has sent " + what);
}

void RedisConnection::hang_up() {
  if (line_ != nullptr) std::exchange(line_, nullptr)->close();
  for (const Waiting& lost : std::exchange(waiting_, {})) lost.handler(nullptr);
}

// Looks at the oldest command now and then while there is one.
void RedisConnection::watch() {
  const bool owed = std::any_of(waiting_.begin(), waiting_.end(),
                                [](const Waiting& held) { return !held.confirmed; });
  if (watching_ || !owed) return;
  watching_ = true;
  timer_.expires_after(kTimeout / 4);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (error) return;
    watching_ = false;
    look_at_the_clock();
    watch();
  });
}

void RedisConnection::look_at_the_clock() {
  const auto owed = std::find_if(waiting_.begin(), waiting_.end(),
                                 [](const Waiting& held) { return !held.confirmed; });
  if (owed == waiting_.end()) return;
  const auto silent = steady_clock::now() - std::max(owed->since, line_->active());
  if (silent > kTimeout / 2) server_.health->fails("no reply to " + owed->command);
  if (silent > kTimeout) hang_up();
}

}  // namespace wukong::redis
