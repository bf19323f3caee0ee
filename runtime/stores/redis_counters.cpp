#include "runtime/stores/redis_counters.h"

#include <utility>

#include "runtime/loop/foreign_call.h"
#include "runtime/redis/redis_blocking.h"
#include "runtime/stores/redis_reply.h"
#include "sim/base/error.h"

namespace wukong::stores {

using engine::Task;
using storage::CounterAction;
using storage::CounterReply;

RedisCounters::RedisCounters(engine::Engine& engine, loop::WallClock& clock,
                             redis::RedisServerOfRun server,
                             std::unique_ptr<storage::MetadataStore> requests,
                             loop::Measurements& measurements)
    : engine_(engine),
      clock_(clock),
      server_(std::move(server)),
      requests_(std::move(requests)),
      measurements_(measurements),
      connection_(clock.context(), server_) {
  redis::BlockingRedis(server_.address).mark(server_.mark());
}

RedisCounters::~RedisCounters() {
  std::vector<std::string> keys{server_.mark(), server_.prefix + "blob",
                                server_.prefix + "scratch"};
  for (size_t i = 0; i < used_.size(); ++i)
    if (used_[i]) keys.insert(keys.end(), {counter_key(CounterId(i)), bits_key(CounterId(i))});
  try {
    redis::BlockingRedis(server_.address).remove(keys);
  } catch (const Error& error) {
    server_.health->leaves(server_.run, error.what());
  }
}

std::string RedisCounters::counter_key(CounterId counter) const {
  return server_.prefix + "counter:" + std::to_string(counter.value());
}

std::string RedisCounters::bits_key(CounterId counter) const {
  return server_.prefix + "bits:" + std::to_string(counter.value());
}

std::string RedisCounters::channel_name(ChannelId channel) const {
  return server_.prefix + "channel:" + std::to_string(channel.value());
}

bool RedisCounters::has_bits(CounterId counter) const {
  return counter.index() < is_bits_.size() && is_bits_[counter.index()];
}

const std::string& RedisCounters::filler(Bytes size) {
  if (filler_.size() < static_cast<size_t>(size.count()))
    filler_.resize(static_cast<size_t>(size.count()));
  return filler_;
}

Task<std::optional<uint64_t>> RedisCounters::ask(Question question) {
  loop::ForeignCall<std::optional<uint64_t>> call(engine_, clock_, "the metadata server's reply");
  const auto last = [reply = call.reply(), meaning = question.meaning](const redisReply* answer) {
    reply(meaning(answer));
  };
  for (size_t i = 0; i < question.commands.size(); ++i) {
    const Command& command = question.commands[i];
    const std::vector<std::string_view> parts(command.begin(), command.end());
    if (i + 1 == question.commands.size())
      connection_.send(parts, last);
    else
      connection_.send(parts, [](const redisReply*) {});
  }
  const auto start = std::chrono::steady_clock::now();
  const std::optional<std::optional<uint64_t>> answered = co_await call;
  measurements_.metadata.add(std::chrono::steady_clock::now() - start);
  co_return answered.value_or(std::nullopt);
}

namespace {

void mark(std::vector<bool>& marks, size_t index) {
  if (marks.size() <= index) marks.resize(index + 1);
  marks[index] = true;
}

}  // namespace

void RedisCounters::note_use(const storage::CounterRequest& request) {
  if (request.changes()) mark(used_, request.counter.index());
  if (request.action == CounterAction::set_bit) mark(is_bits_, request.counter.index());
}

// Nobody but this process counts, and the server answers in the order in which it was asked.
void RedisCounters::note_value(const storage::CounterRequest& request, uint64_t value) {
  if (request.action == CounterAction::read_others) return;
  const size_t index = request.counter.index();
  if (seen_.size() <= index) seen_.resize(index + 1);
  const uint64_t least = seen_[index] + (request.action == CounterAction::increment ? 1 : 0);
  if (value < least)
    redis::throw_lost(server_, "a counter's value (" + counter_key(request.counter) + " is " +
                                   std::to_string(value) + ", and was " +
                                   std::to_string(seen_[index]) + ")");
  seen_[index] = value;
}

RedisCounters::Question RedisCounters::question(const storage::CounterRequest& request) const {
  const std::string key = counter_key(request.counter);
  const std::string bits = bits_key(request.counter);
  const std::string bit = std::to_string(request.bit);
  switch (request.action) {
    case CounterAction::increment:
      return {{{"INCR", key}}, number_in};
    case CounterAction::set_bit:
      return {{{"MULTI"}, {"SETBIT", bits, bit, "1"}, {"BITCOUNT", bits}, {"EXEC"}}, number_in};
    case CounterAction::claim:
      return {{{"MULTI"}, {"GET", key}, {"SETNX", key, std::to_string(request.claimant)}, {"EXEC"}},
              first_number_in};
    case CounterAction::read:
      if (has_bits(request.counter)) return {{{"BITCOUNT", bits}}, number_in};
      return {{{"GET", key}}, number_in};
    case CounterAction::read_others:
      // In one transaction, so that both are seen at one time.
      return {{{"MULTI"}, {"BITCOUNT", bits}, {"GETBIT", bits, bit}, {"EXEC"}}, other_bits};
  }
  ENSURE(false && "a request that does nothing", static_cast<int>(request.action));
  return {};
}

Task<CounterReply> RedisCounters::count(const hosts::Host& from, storage::CounterRequest request) {
  note_use(request);
  co_await requests_->count(from, request);
  Question asked = question(request);
  const std::optional<uint64_t> value = co_await ask(std::move(asked));
  if (value) note_value(request, *value);
  co_return CounterReply{value};
}

// What is sent is written, the largest of it kept; what is received is read from that.
Task<bool> RedisCounters::request(const hosts::Host& from, int commands, Bytes sent,
                                  Bytes received) {
  co_await requests_->request(from, commands, sent, received);
  const Bytes wanted = std::max(sent, received);
  const bool grows = wanted > stored_;
  stored_ = std::max(stored_, wanted);
  Question asked;
  asked.meaning = [](const redisReply* reply) {
    return granted(reply) ? std::optional<uint64_t>(0) : std::nullopt;
  };
  std::vector<Command>& all = asked.commands;
  if (grows || sent > Bytes(0)) {
    const auto bytes = static_cast<size_t>((grows ? wanted : sent).count());
    all.push_back({"SET", server_.prefix + (grows ? "blob" : "scratch"),
                   filler(grows ? wanted : sent).substr(0, bytes)});
  }
  if (received > Bytes(0))
    all.push_back({"GETRANGE", server_.prefix + "blob", "0", std::to_string(received.count() - 1)});
  while (all.size() < static_cast<size_t>(commands)) all.push_back({"PING"});
  if (all.empty()) all.push_back({"PING"});
  const std::optional<uint64_t> answered = co_await ask(std::move(asked));
  co_return answered.has_value();
}

Task<bool> RedisCounters::publish(const hosts::Host& from, ChannelId channel, uint64_t message,
                                  Bytes size) {
  co_await requests_->publish(from, channel, message, size);
  if (channel.index() >= subscriptions_.size()) subscriptions_.resize(channel.index() + 1);
  auto& subscriptions = subscriptions_[channel.index()];
  for (const auto& subscription : subscriptions) {
    if (subscription->broken()) subscription->open();
    co_await subscription->confirmed();
    if (subscription->broken()) co_return false;
  }
  for (const auto& subscription : subscriptions) subscription->expect();
  std::string body = std::to_string(message);
  if (body.size() < static_cast<size_t>(size.count()))
    body.resize(static_cast<size_t>(size.count()), ' ');
  Question asked;
  asked.meaning = number_in;
  asked.commands.push_back({"PUBLISH", channel_name(channel), std::move(body)});
  const std::optional<uint64_t> receivers = co_await ask(std::move(asked));
  const bool delivered = receivers == subscriptions.size();
  if (!delivered)
    for (const auto& subscription : subscriptions) subscription->settle();
  co_return delivered;
}

engine::Channel<uint64_t>& RedisCounters::subscribe(const hosts::Host&, ChannelId channel) {
  if (channel.index() >= subscriptions_.size()) subscriptions_.resize(channel.index() + 1);
  auto& subscriptions = subscriptions_[channel.index()];
  subscriptions.push_back(
      std::make_unique<RedisSubscription>(engine_, clock_, server_, channel_name(channel)));
  return subscriptions.back()->messages();
}

}  // namespace wukong::stores
