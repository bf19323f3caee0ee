#include "runtime/redis_subscription.h"

#include <charconv>
#include <utility>

#include "sim/base/check.h"

namespace wukong::runtime {

RedisSubscription::RedisSubscription(sim::Engine& engine, WallClock& clock,
                                     const RedisServerOfRun& server, std::string channel)
    : clock_(clock),
      channel_(std::move(channel)),
      answered_(engine),
      arrived_(engine),
      connection_(clock.context(), server) {
  open();
}

void RedisSubscription::open() {
  ENSURE(state_ == State::broken);
  state_ = State::starting;
  answered_.reset();
  clock_.expect();  // the confirmation
  connection_.subscribe(channel_, [this](const redisReply* reply) { take(reply); });
}

void RedisSubscription::expect() {
  clock_.expect();
  ++due_;
}

void RedisSubscription::settle() {
  if (due_ == 0) return;
  --due_;
  clock_.arrived();
}

void RedisSubscription::become(State state) {
  if (state_ == State::starting) clock_.arrived();
  state_ = state;
  answered_.set();
}

void RedisSubscription::take(const redisReply* reply) {
  if (reply == nullptr || reply->type == REDIS_REPLY_ERROR) {
    if (state_ != State::broken) become(State::broken);
    while (due_ > 0) settle();
    return;
  }
  if (reply->type != REDIS_REPLY_ARRAY || reply->elements != 3) return;
  const redisReply& body = *reply->element[2];
  if (body.type == REDIS_REPLY_INTEGER) return become(State::on);
  settle();
  uint64_t message = 0;
  std::from_chars(body.str, body.str + body.len, message);
  arrived_.send(message);
}

}  // namespace wukong::runtime
