#include "runtime/redis_counters.h"

#include <utility>

#include "runtime/foreign_call.h"
#include "runtime/redis_blocking.h"
#include "runtime/redis_reply.h"
#include "sim/base/error.h"

namespace wukong::runtime {

using sim::CounterReply;
using sim::Operation;
using sim::Task;

RedisCounters::RedisCounters(sim::Engine& engine, WallClock& clock, const RedisAddress& address,
                             std::string prefix, std::unique_ptr<sim::MetadataStore> modelled,
                             sim::Usage& usage, Measurements& measurements)
    : engine_(engine),
      clock_(clock),
      prefix_(std::move(prefix)),
      server_{address, prefix_ + "run"},
      modelled_(std::move(modelled)),
      usage_(usage),
      measurements_(measurements),
      connection_(clock.context(), server_) {
  BlockingRedis(address).mark(server_.mark);
}

RedisCounters::~RedisCounters() {
  std::vector<std::string> keys{server_.mark, prefix_ + "blob", prefix_ + "scratch"};
  for (size_t i = 0; i < used_.size(); ++i)
    if (used_[i])
      keys.insert(keys.end(), {counter_key(sim::CounterId(i)), bits_key(sim::CounterId(i))});
  try {
    BlockingRedis(server_.address).remove(keys);
  } catch (const Error&) {
    return;  // a server that is gone has kept nothing
  }
}

std::string RedisCounters::counter_key(sim::CounterId counter) const {
  return prefix_ + "counter:" + std::to_string(counter.value());
}

std::string RedisCounters::bits_key(sim::CounterId counter) const {
  return prefix_ + "bits:" + std::to_string(counter.value());
}

std::string RedisCounters::channel_name(sim::ChannelId channel) const {
  return prefix_ + "channel:" + std::to_string(channel.value());
}

bool RedisCounters::has_bits(sim::CounterId counter) const {
  return counter.index() < is_bits_.size() && is_bits_[counter.index()];
}

const std::string& RedisCounters::filler(Bytes size) {
  if (filler_.size() < static_cast<size_t>(size.count()))
    filler_.resize(static_cast<size_t>(size.count()));
  return filler_;
}

Task<CounterReply> RedisCounters::ask(std::vector<Command> commands, Meaning meaning) {
  ForeignCall<CounterReply> call(engine_, clock_, "the metadata server's reply");
  const auto last = [reply = call.reply(), meaning](const redisReply* answer) {
    reply(meaning(answer));
  };
  for (size_t i = 0; i < commands.size(); ++i) {
    const std::vector<std::string_view> parts(commands[i].begin(), commands[i].end());
    if (i + 1 == commands.size())
      connection_.send(parts, last);
    else
      connection_.send(parts, [](const redisReply*) {});
  }
  const auto start = std::chrono::steady_clock::now();
  const std::optional<CounterReply> answered = co_await call;
  measurements_.metadata.add(std::chrono::steady_clock::now() - start);
  co_return answered.value_or(std::nullopt);
}

namespace {

void mark(std::vector<bool>& marks, size_t index) {
  if (marks.size() <= index) marks.resize(index + 1);
  marks[index] = true;
}

}  // namespace

Task<CounterReply> RedisCounters::increment(const sim::Host& from, sim::CounterId counter) {
  const uint32_t host = from.id.value();
  mark(used_, counter.index());
  if (modelled_)
    co_await modelled_->increment(from, counter);
  else
    usage_.count(Operation::counter_increment);
  std::vector<Command> commands;
  commands.push_back({"INCR", counter_key(counter)});
  const CounterReply value = co_await ask(std::move(commands), number_in);
  if (value && !modelled_)
    engine_.record(sim::TraceKind::counter_changed, host, counter.value(),
                   static_cast<int64_t>(*value));
  co_return value;
}

Task<CounterReply> RedisCounters::set_bit(const sim::Host& from, sim::CounterId counter,
                                          uint32_t bit) {
  const uint32_t host = from.id.value();
  mark(used_, counter.index());
  mark(is_bits_, counter.index());
  if (modelled_)
    co_await modelled_->set_bit(from, counter, bit);
  else
    usage_.count(Operation::counter_increment);
  const std::string key = bits_key(counter);
  std::vector<Command> commands;
  commands.push_back({"MULTI"});
  commands.push_back({"SETBIT", key, std::to_string(bit), "1"});
  commands.push_back({"BITCOUNT", key});
  commands.push_back({"EXEC"});
  const CounterReply value = co_await ask(std::move(commands), number_in);
  if (value && !modelled_)
    engine_.record(sim::TraceKind::counter_changed, host, counter.value(),
                   static_cast<int64_t>(*value));
  co_return value;
}

Task<CounterReply> RedisCounters::read(const sim::Host& from, sim::CounterId counter) {
  if (modelled_)
    co_await modelled_->read(from, counter);
  else
    usage_.count(Operation::counter_read);
  std::vector<Command> commands;
  if (has_bits(counter))
    commands.push_back({"BITCOUNT", bits_key(counter)});
  else
    commands.push_back({"GET", counter_key(counter)});
  co_return co_await ask(std::move(commands), number_in);
}

// All bits but one, seen at one time.
Task<CounterReply> RedisCounters::read_others(const sim::Host& from, sim::CounterId counter,
                                              uint32_t bit) {
  if (modelled_)
    co_await modelled_->read_others(from, counter, bit);
  else
    usage_.count(Operation::counter_read);
  ForeignCall<CounterReply> call(engine_, clock_, "the metadata server's reply");
  const auto both = [reply = call.reply()](const redisReply* answer) { reply(other_bits(answer)); };
  const std::string key = bits_key(counter);
  const auto ignore = [](const redisReply*) {};
  connection_.send({"MULTI"}, ignore);
  connection_.send({"BITCOUNT", key}, ignore);
  connection_.send({"GETBIT", key, std::to_string(bit)}, ignore);
  connection_.send({"EXEC"}, both);
  const std::optional<CounterReply> answered = co_await call;
  co_return answered.value_or(std::nullopt);
}

// What is sent is written, the largest of it kept; what is received is read from that.
Task<bool> RedisCounters::request(const sim::Host& from, int commands, Bytes sent, Bytes received) {
  if (modelled_)
    co_await modelled_->request(from, commands, sent, received);
  else
    usage_.count(Operation::metadata_request);
  const Bytes wanted = std::max(sent, received);
  const bool grows = wanted > stored_;
  stored_ = std::max(stored_, wanted);
  std::vector<Command> all;
  if (grows || sent > Bytes(0)) {
    const auto bytes = static_cast<size_t>((grows ? wanted : sent).count());
    all.push_back({"SET", prefix_ + (grows ? "blob" : "scratch"),
                   filler(grows ? wanted : sent).substr(0, bytes)});
  }
  if (received > Bytes(0))
    all.push_back({"GETRANGE", prefix_ + "blob", "0", std::to_string(received.count() - 1)});
  while (all.size() < static_cast<size_t>(commands)) all.push_back({"PING"});
  if (all.empty()) all.push_back({"PING"});
  const Meaning any = [](const redisReply* reply) {
    return granted(reply) ? CounterReply(0) : std::nullopt;
  };
  const CounterReply answered = co_await ask(std::move(all), any);
  co_return answered.has_value();
}

Task<bool> RedisCounters::publish(const sim::Host& from, sim::ChannelId channel, uint64_t message,
                                  Bytes size) {
  const uint32_t host = from.id.value();
  if (modelled_)
    co_await modelled_->publish(from, channel, message, size);
  else
    usage_.count(Operation::publish);
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
  std::vector<Command> commands;
  commands.push_back({"PUBLISH", channel_name(channel), std::move(body)});
  const CounterReply receivers = co_await ask(std::move(commands), number_in);
  const bool delivered = receivers == subscriptions.size();
  if (!delivered)
    for (const auto& subscription : subscriptions) subscription->settle();
  if (delivered && !modelled_)
    engine_.record(sim::TraceKind::published, host, channel.value(), static_cast<int64_t>(message));
  co_return delivered;
}

sim::Channel<uint64_t>& RedisCounters::subscribe(const sim::Host&, sim::ChannelId channel) {
  if (channel.index() >= subscriptions_.size()) subscriptions_.resize(channel.index() + 1);
  auto& subscriptions = subscriptions_[channel.index()];
  subscriptions.push_back(
      std::make_unique<RedisSubscription>(engine_, clock_, server_, channel_name(channel)));
  return subscriptions.back()->messages();
}

}  // namespace wukong::runtime
