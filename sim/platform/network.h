// The network as a fluid: every transfer is a flow that crosses a few links, and at every moment
// the rates are the max-min fair ones: no flow can go faster without slowing one that is not
// faster.
//
// Rates are exact and recomputed incrementally (fair_share.h): a change touches only the flows that
// share a link, directly or through others, with what changed; changes at one instant are solved
// together. A link may be a token bucket: it starts with a burst allowance, and falls to its base
// rate when that is used up. Messages of at most `message_bytes` are not flows: they are over
// before sharing could matter, and take the time of the slowest link's rate alone.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>

#include "sim/base/bytes.h"
#include "sim/base/check.h"
#include "sim/base/fields.h"
#include "sim/engine/engine.h"
#include "sim/platform/host.h"
#include "sim/platform/ids.h"

namespace wukong::sim {

// A link's capacity. With a burst: `burst_rate` until `burst` bytes beyond the base rate have
// passed, then `rate`. Measured for AWS Lambda in arXiv 2501.07771: the allowance fills up to half
// of `burst` while the link is idle.
struct LinkSpec {
  Bandwidth rate;
  std::optional<Bytes> burst;
  Bandwidth burst_rate;
  // A crowded link gets less done in all: with n flows on it, its rate is
  // rate / (1 + (n - 1) / crowding_flows). Absent: flows do not hinder each other.
  std::optional<double> crowding_flows = std::nullopt;

  // The most that it ever carries.
  Bandwidth peak() const { return burst ? std::max(rate, burst_rate) : rate; }
};

// The links that a transfer crosses; at most four.
struct Route {
  std::array<LinkId, 4> links{};
  uint8_t count = 0;
  // Each link once; none: no link to cross.
  Route& via(LinkId link) {
    if (!link.valid()) return *this;
    ENSURE(count < links.size(), link.value());
    links[count++] = link;
    return *this;
  }
};

class Network {
 public:
  Network(Engine& engine, Bytes message_bytes);
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;
  ~Network();

  LinkId add_link(const LinkSpec& spec);
  // REQUIRES: no transfer crosses the link.
  void remove_link(LinkId link);

  // co_await network.transfer(bytes, route, cap): until the last byte has arrived. The flow is
  // never faster than `cap`, and begins at `start` if that is later than now: a latency before a
  // message costs no event of its own. Destroying the awaiting coroutine ends the flow.
  class Transfer;
  Transfer transfer(Bytes amount, const Route& route, Bandwidth cap = Bandwidth::unlimited(),
                    Time start = Time::zero());

  // For reports and tests.
  size_t active_flows() const;
  Bytes carried(LinkId link) const;   // bytes that crossed the link so far; a message at its start
  double rate_of(LinkId link) const;  // bytes per second that cross it now

 private:
  class Solver;
  Engine& engine_;
  Bytes message_bytes_;
  std::unique_ptr<Solver> solver_;
};

// A transfer under way; lies in the frame of the coroutine that awaits it.
class Network::Transfer : public Waiter {
 public:
  Transfer(Network& network, Bytes amount, const Route& route, Bandwidth cap, Time start);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;
  ~Transfer();

  bool await_ready() const noexcept { return amount_ == Bytes(0) && start_ <= engine_.now(); }
  void await_suspend(std::coroutine_handle<> handle);
  void await_resume() const noexcept {}

 private:
  friend class Solver;
  enum class State : uint8_t { idle, before_flow, message, flow };
  void begin_flow();

  Engine& engine_;
  Solver* solver_;
  Bytes amount_;
  Bandwidth cap_;
  Route route_;
  Time start_;
  bool small_;  // a message
  State state_ = State::idle;
  uint32_t flow_ = 0;
  EventQueue::Handle event_;  // the arrival of a message, or the beginning of a flow
};

inline Network::Transfer Network::transfer(Bytes amount, const Route& route, Bandwidth cap,
                                           Time start) {
  return Transfer(*this, amount, route, cap, start);
}

}  // namespace wukong::sim
