#include "runtime/stores/redis_subscription.h"

#include <utility>

#include "runtime/stores/redis_reply.h"
#include "sim/base/check.h"

namespace wukong::stores {

RedisSubscription::RedisSubscription(engine::Engine& engine, loop::WallClock& clock,
                                     const redis::RedisServerOfRun& server, std::string channel)
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
  const std::optional<Heard> news = heard(reply);
  if (!news) return;
  if (news->kind == Heard::Kind::confirmation) return become(State::on);
  settle();
  arrived_.send(news->message);
}

}  // namespace wukong::stores
