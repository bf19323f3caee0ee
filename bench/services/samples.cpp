#include "bench/services/samples.h"

#include <algorithm>
#include <cmath>

#include "sim/base/check.h"
#include "sim/base/object_size.h"
#include "sim/engine/clock_driver.h"
#include "sim/engine/engine.h"
#include "sim/functions/environment.h"
#include "sim/functions/lambda_client.h"
#include "sim/hosts/machine.h"
#include "sim/platform/platform.h"
#include "sim/platform/platform_spec.h"
#include "sim/storage/object_store.h"

namespace wukong::services {
namespace {

using engine::Task;
using functions::Environment;
using functions::HandlerResult;

constexpr uint64_t kSeed = 1;
constexpr const char* kClient = "r5n.16xlarge";
// Beyond every keep-alive, and within a token bucket's refill.
constexpr Duration kPause = Duration::seconds(3600);

// A platform of its own, with a client on a machine.
struct Bed {
  explicit Bed(const platform::PlatformSpec& spec)
      : platform(engine, spec, kSeed),
        client(platform.borrow(kClient).host),
        function(platform.lambda().add_function(spec.functions.executor())) {}

  std::vector<double> run(Task<> probe) {
    engine.spawn(std::move(probe), "a probe");
    engine.run();
    return std::move(samples);
  }
  double now() const { return engine.now().to_seconds(); }

  Task<HandlerResult> take(Duration time) {
    co_await engine.sleep(time);
    co_return HandlerResult::success;
  }
  Task<> call(Duration time) {
    const double begin = now();
    const auto reply = co_await platform.lambda().invoke_sync(
        client, function, Bytes(0), [this, time](Environment&) { return take(time); });
    ENSURE(reply == functions::InvokeReply::accepted);
    samples.push_back(now() - begin);
  }
  Task<> calls(int count, Duration pause) {
    for (int i = 0; i < count; ++i) {
      co_await call(Duration::zero());
      co_await engine.sleep(pause);
    }
  }
  Task<> bursts(int size, int count) {
    for (int burst = 0; burst < count; ++burst) {
      for (int i = 0; i < size; ++i) engine.spawn(call(Duration::seconds(1)), "a call");
      co_await engine.sleep(kPause);
    }
  }

  engine::VirtualClock clock;
  engine::Engine engine{clock};
  platform::Platform platform;
  hosts::Host client;
  FunctionId function;
  std::vector<double> samples;
};

storage::StoreSpec store_of(Kind kind) {
  storage::StoreSpec store;
  store.kind = kind == Kind::s3 ? storage::StoreKind::s3 : storage::StoreKind::redis;
  store.machine = kClient;
  return store;
}

ObjectSize size_of(double bytes) {
  const Bytes size(std::llround(bytes));
  return {size, size};
}

struct StoreProbe {
  Bed& bed;
  storage::ObjectStore& store;
  Action action;
  ObjectSize size;
  int count;

  Task<HandlerResult> work(Environment& environment) {
    for (int i = 0; i < count; ++i) {
      const double begin = bed.now();
      const auto status = action == Action::get
                              ? co_await store.get(environment.host, ObjectId(0))
                              : co_await store.put(environment.host, ObjectId(0), size);
      ENSURE(status == storage::StoreStatus::ok);
      bed.samples.push_back(bed.now() - begin);
    }
    co_return HandlerResult::success;
  }
  Task<> run() {
    co_await bed.platform.lambda().invoke_sync(
        bed.client, bed.function, Bytes(0),
        [this](Environment& environment) { return work(environment); });
  }
};

struct HandOver {
  Bed& bed;
  storage::ObjectStore& store;
  ObjectSize size;
  int count;
  double begin = 0;

  Task<HandlerResult> receive(Environment& environment) {
    co_await store.get(environment.host, ObjectId(0));
    bed.samples.push_back(bed.now() - begin);
    co_return HandlerResult::success;
  }
  Task<HandlerResult> send(Environment& environment) {
    begin = bed.now();
    co_await store.put(environment.host, ObjectId(0), size);
    co_await bed.platform.lambda().invoke_sync(
        environment.host, bed.function, Bytes(0),
        [this](Environment& receiver) { return receive(receiver); });
    co_return HandlerResult::success;
  }
  Task<> run() {
    // The first one makes both environments.
    for (int i = 0; i <= count; ++i)
      co_await bed.platform.lambda().invoke_sync(
          bed.client, bed.function, Bytes(0),
          [this](Environment& environment) { return send(environment); });
    bed.samples.erase(bed.samples.begin());
  }
};

}  // namespace

double percentile(std::vector<double> samples, double share) {
  ENSURE(!samples.empty());
  std::sort(samples.begin(), samples.end());
  const auto rank = static_cast<size_t>(share * static_cast<double>(samples.size()));
  return samples[std::min(rank, samples.size() - 1)];
}

std::vector<double> warm_calls(const platform::PlatformSpec& spec, int count) {
  Bed bed(spec);
  std::vector<double> samples = bed.run(bed.calls(count + 1, Duration::zero()));
  samples.erase(samples.begin());
  return samples;
}

std::vector<double> cold_calls(const platform::PlatformSpec& spec, int count) {
  Bed bed(spec);
  return bed.run(bed.calls(count, kPause));
}

std::vector<double> cold_burst(const platform::PlatformSpec& spec, int calls, int bursts) {
  Bed bed(spec);
  return bed.run(bed.bursts(calls, bursts));
}

std::vector<double> requests(const platform::PlatformSpec& spec, Kind kind, Action action,
                             double bytes, int count) {
  Bed bed(spec);
  StoreProbe probe{bed, bed.platform.add_store(store_of(kind)), action, size_of(bytes), count};
  probe.store.preload(ObjectId(0), probe.size);
  return bed.run(probe.run());
}

std::vector<double> handed_over(const platform::PlatformSpec& spec, double bytes, int count) {
  Bed bed(spec);
  HandOver probe{bed, bed.platform.add_store(store_of(Kind::s3)), size_of(bytes), count};
  return bed.run(probe.run());
}

}  // namespace wukong::services
