#include "runtime/redis/redis_health.h"

#include <cstdio>
#include <utility>

namespace wukong::redis {

using std::chrono::steady_clock;

namespace {

std::string seconds_between(steady_clock::time_point from, steady_clock::time_point to) {
  const std::chrono::duration<double> time = to - from;
  char text[32];
  std::snprintf(text, sizeof text, "%.1f s", time.count());
  return text;
}

}  // namespace

RedisHealth::RedisHealth(const RedisAddress& address, Notify notify,
                         std::chrono::nanoseconds longest_outage)
    : address_(address),
      name_("Redis at " + address.text()),
      notify_(std::move(notify)),
      longest_outage_(longest_outage) {}

void RedisHealth::tell(const std::string& line) const {
  if (notify_) notify_(line);
}

void RedisHealth::fails(const std::string& reason) {
  if (present_) {
    const auto now = steady_clock::now();
    if (now - present_->since <= longest_outage_) return;
    throw RedisUnusable(address_, "has not answered for " + seconds_between(present_->since, now) +
                                      ": " + present_->reason);
  }
  present_ = Outage{reason, steady_clock::now(), std::nullopt};
  if (!first_) first_ = present_;
  tell(name_ + " does not answer: " + reason + "; retrying as configured");
}

void RedisHealth::answers() {
  if (!present_) return;
  const auto now = steady_clock::now();
  if (first_ && !first_->until) first_->until = now;
  tell(name_ + " answers again, after " + seconds_between(present_->since, now));
  present_.reset();
}

void RedisHealth::leaves(const std::string& prefix, const std::string& reason) {
  if (std::exchange(left_, prefix) == prefix) return;
  tell(name_ + " could not be told to delete the run's keys (" + reason +
       "); those that it still has begin with " + prefix);
}

std::string RedisHealth::outage() const {
  if (!first_) return "";
  std::string text = name_ + " did not answer: " + first_->reason;
  if (first_->until)
    return text + "; it did again after " + seconds_between(first_->since, *first_->until);
  return text + "; it never did again";
}

RedisUnusable::RedisUnusable(const RedisAddress& address, const std::string& what)
    : std::runtime_error("the Redis server " + address.text() + " " + what) {}

}  // namespace wukong::redis
