#include "sim/platform/network.h"

#include <algorithm>

#include "sim/platform/network_solver.h"
#include "sim/platform/storage_spec.h"

namespace wukong::sim {

void NetworkSpec::visit(FieldVisitor& v) { v.bytes("message_bytes", message_bytes); }

Network::Network(Engine& engine, Bytes message_bytes)
    : engine_(engine), message_bytes_(message_bytes), solver_(std::make_unique<Solver>(engine)) {}

Network::~Network() = default;

LinkId Network::add_link(const LinkSpec& spec) { return solver_->add_link(spec); }
void Network::remove_link(LinkId link) { solver_->remove_link(link); }
size_t Network::active_flows() const { return solver_->active_flows(); }
Bytes Network::carried(LinkId link) const { return solver_->carried(link); }
double Network::rate_of(LinkId link) const { return solver_->rate_of(link); }

Network::Transfer::Transfer(Network& network, Bytes amount, const Route& route, Bandwidth cap,
                            Time start)
    : Waiter("a transfer"),
      engine_(network.engine_),
      solver_(network.solver_.get()),
      amount_(amount),
      cap_(cap),
      route_(route),
      start_(std::max(start, network.engine_.now())),
      small_(amount <= network.message_bytes_) {
  ENSURE(amount >= Bytes(0), amount.count());
  ENSURE(cap > Bandwidth(), cap.count());
}

Network::Transfer::~Transfer() {
  if (state_ == State::message || state_ == State::before_flow) engine_.events().cancel(event_);
  if (state_ == State::flow) solver_->abandon(flow_);
}

void Network::Transfer::await_suspend(std::coroutine_handle<> handle) {
  engine_.suspend(*this, handle);
  if (small_) {
    state_ = State::message;
    const auto arrive = [](void* self) {
      auto* transfer = static_cast<Transfer*>(self);
      transfer->state_ = State::idle;
      transfer->engine_.resume(*transfer);
    };
    const Duration time =
        amount_ == Bytes(0) ? Duration::zero() : solver_->send_message(amount_, route_, cap_);
    event_ = engine_.events().schedule(start_ + time, arrive, this);
  } else if (start_ > engine_.now()) {
    state_ = State::before_flow;
    const auto begin = [](void* self) { static_cast<Transfer*>(self)->begin_flow(); };
    event_ = engine_.events().schedule(start_, begin, this);
  } else {
    begin_flow();
  }
}

void Network::Transfer::begin_flow() {
  state_ = State::flow;
  solver_->start(*this);
}

}  // namespace wukong::sim
