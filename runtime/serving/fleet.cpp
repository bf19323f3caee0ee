#include "runtime/serving/fleet.h"

#include <algorithm>
#include <utility>

#include "sim/base/check.h"
#include "sim/engine/timer.h"

namespace wukong::serving {

Fleet::Fleet(engine::Engine& engine, loop::WallClock& clock, MakeEnvironment make,
             std::chrono::milliseconds initialization_limit)
    : engine_(engine),
      clock_(clock),
      make_(std::move(make)),
      initialization_limit_(initialization_limit) {}

Fleet::~Fleet() = default;

void Fleet::add_function(FunctionId function, environments::EnvironmentSpec spec) {
  functions_[function].spec = std::move(spec);
}

void Fleet::close_function(FunctionId function) {
  Function& closed = functions_.at(function);
  closed.closed = true;
  spares_ -= closed.spares.size();
  for (RealPointer& spare : std::exchange(closed.spares, {})) end(std::move(spare));
}

Fleet::RealPointer Fleet::start(FunctionId function, const environments::EnvironmentSpec& spec) {
  auto real = std::make_shared<Real>();
  real->function = function;
  real->environment = make_(spec);
  const std::weak_ptr<Real> known = real;
  real->environment->start(
      [known](environments::Started started) {
        const RealPointer ready = known.lock();
        if (ready == nullptr) return;
        ready->started = std::move(started);
        if (ready->awaited) (*std::exchange(ready->awaited, std::nullopt))(true);
      },
      [this, known] {
        const RealPointer gone = known.lock();
        if (gone == nullptr) return;
        gone->ended = true;
        // It is destroyed later: this is called by it.
        const auto place = std::find(ending_.begin(), ending_.end(), gone);
        if (place == ending_.end()) return;
        ending_.erase(place);
        clock_.post([gone] {});
      });
  return real;
}

void Fleet::made(FunctionId function, HostId host) {
  Function& known = functions_.at(function);
  RealPointer& real = hosts_[host];
  if (known.spares.empty()) {
    real = start(function, known.spec);
    return;
  }
  real = std::move(known.spares.back());
  known.spares.pop_back();
  --spares_;
}

void Fleet::provisioned(FunctionId function, int64_t environments) {
  Function& known = functions_.at(function);
  if (known.closed) return;
  environments::EnvironmentSpec spec = known.spec;
  spec.initialization_type = "provisioned-concurrency";
  for (int64_t i = 0; i < environments; ++i) known.spares.push_back(start(function, spec));
  spares_ += static_cast<size_t>(environments);
  known.provisioned += environments;
}

int64_t Fleet::provisioned_ready(FunctionId function) const {
  const auto found = functions_.find(function);
  return found == functions_.end() ? 0 : found->second.provisioned;
}

// One that has ended while it was idle is replaced: its next call sees a cold start, no failure.
engine::Task<> Fleet::come_up(HostId host) {
  RealPointer& place = hosts_.at(host);
  const bool usable = !place->ended || (place->started && place->started->failure);
  if (!usable) place = start(place->function, functions_.at(place->function).spec);
  const RealPointer real = place;
  if (real->started) co_return;
  Coming call(engine_, clock_, "an environment");
  real->awaited = call.reply();
  // It hears of its failure as of any other.
  engine::Timer limit(engine_, [](void* late) { kill(*static_cast<Real*>(late), {}); }, real.get());
  limit.arm(engine_.now() + Duration::milliseconds(initialization_limit_.count()));
  co_await call;
}

Fleet::Place Fleet::at(HostId host) {
  Real& real = *hosts_.at(host);
  if (real.started && real.started->failure) return {nullptr, real.started->failure};
  if (real.ended || !real.started) {
    environments::ProcessEnd end;
    end.signal = 9;
    return {nullptr, environments::outcome_of(end)};
  }
  return {real.environment.get(), std::nullopt};
}

void Fleet::gone(HostId host) {
  const auto found = hosts_.find(host);
  ENSURE(found != hosts_.end(), host.value());
  RealPointer real = std::move(found->second);
  hosts_.erase(found);
  end(std::move(real));
}

void Fleet::end(RealPointer real) {
  real->awaited.reset();
  if (real->ended) return clock_.post([real] {});
  ending_.push_back(real);
  kill(*real, {});
}

void Fleet::time_out(HostId host, std::chrono::milliseconds limit) {
  kill(*hosts_.at(host), {.time_limit = limit});
}

void Fleet::kill(Real& real, const environments::KillReason& reason) {
  if (!std::exchange(real.killed, true)) real.environment->kill(reason);
}

}  // namespace wukong::serving
