#include "runtime/redis/redis_blocking.h"

#include <hiredis/hiredis.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "runtime/redis/reply_kind.h"
#include "sim/base/error.h"

namespace wukong::redis {
namespace {

// For a connection and for each reply; a server of an emulation is near, and answers in much less.
constexpr timeval kTimeout{2, 0};
// A server does nothing else while it runs one command, and other runs may use it too.
constexpr size_t kKeysPerCommand = 1000;

struct FreeReply {
  void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using Reply = std::unique_ptr<redisReply, FreeReply>;

[[noreturn]] void no_answer(const RedisAddress& address, const std::string& found) {
  throw Error(ErrorPlace{"", 0, "emulation.store"}, "a Redis server that answers",
              address.text() + ": " + found);
}

Reply command(redisContext* redis, const std::vector<std::string_view>& parts) {
  std::vector<const char*> texts;
  std::vector<size_t> lengths;
  for (const std::string_view part : parts) {
    texts.push_back(part.data());
    lengths.push_back(part.size());
  }
  return Reply(static_cast<redisReply*>(
      redisCommandArgv(redis, static_cast<int>(parts.size()), texts.data(), lengths.data())));
}

redisContext* connect(const RedisAddress& address) {
  if (!address.socket.empty()) return redisConnectUnixWithTimeout(address.socket.c_str(), kTimeout);
  return redisConnectWithTimeout(address.host.c_str(), address.port, kTimeout);
}

void check(redisContext* redis, const RedisAddress& address, const Reply& reply) {
  if (!reply) no_answer(address, redis->err != 0 ? redis->errstr : "no reply");
  if (reply->type == REDIS_REPLY_ERROR) no_answer(address, std::string(reply->str, reply->len));
}

}  // namespace

BlockingRedis::BlockingRedis(const RedisAddress& address)
    : address_(address), redis_(connect(address)) {
  if (redis_ == nullptr) no_answer(address, "no memory");
  try {
    greet();
  } catch (const Error&) {
    redisFree(redis_);
    throw;
  }
}

void BlockingRedis::greet() {
  if (redis_->err != 0) no_answer(address_, redis_->errstr);
  limits_.apply(*redis_->reader);
  redisSetTimeout(redis_, kTimeout);
  for (const std::vector<std::string>& words : address_.greeting()) {
    const std::vector<std::string_view> parts(words.begin(), words.end());
    check(redis_, address_, command(redis_, parts));
  }
  check(redis_, address_, command(redis_, {"PING"}));
}

BlockingRedis::~BlockingRedis() { redisFree(redis_); }

void BlockingRedis::set(const std::string& key, std::span<const std::byte> value) {
  const std::string_view bytes(reinterpret_cast<const char*>(value.data()), value.size());
  const Reply reply = command(redis_, {"SET", key, bytes});
  check(redis_, address_, reply);
  if (!answers("SET", *reply)) no_answer(address_, "another kind of reply to SET than Redis has");
}

bool BlockingRedis::has(const std::string& key) {
  const Reply reply = command(redis_, {"EXISTS", key});
  check(redis_, address_, reply);
  return reply->type == REDIS_REPLY_INTEGER && reply->integer > 0;
}

bool BlockingRedis::evicts() {
  const Reply reply = command(redis_, {"INFO", "stats"});
  check(redis_, address_, reply);
  const std::string_view text = reply->type == REDIS_REPLY_STRING
                                    ? std::string_view(reply->str, reply->len)
                                    : std::string_view();
  constexpr std::string_view kEvicted = "evicted_keys:";
  const size_t at = text.find(kEvicted);
  return at != std::string_view::npos && !text.substr(at + kEvicted.size()).starts_with("0");
}

void BlockingRedis::remove(std::span<const std::string> keys) {
  for (size_t first = 0; first < keys.size(); first += kKeysPerCommand) {
    std::vector<std::string_view> parts{"UNLINK"};
    const auto some = keys.subspan(first, std::min(kKeysPerCommand, keys.size() - first));
    parts.insert(parts.end(), some.begin(), some.end());
    check(redis_, address_, command(redis_, parts));
  }
}

}  // namespace wukong::redis
