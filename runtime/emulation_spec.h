// The parameters of an emulation: an experiment's section `emulation`. All have defaults.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/base/fields.h"

namespace wukong::runtime {

// What a task's fixed time (a sleep, a recorded run time) is made of.
enum class FixedTime { sleep, busy };
constexpr std::string_view kFixedTimeNames[] = {"sleep", "busy"};

// Whether requests to stores also take the time of the platform's model.
enum class ModelledNetwork { none, modelled };
constexpr std::string_view kModelledNetworkNames[] = {"none", "modelled"};

struct EmulationSpec {
  // Modelled delays (cold starts, API calls, a policy's own work) are that many times shorter, and
  // real work seems that many times longer.
  double speed = 1;
  std::optional<int64_t> workers;  // threads that run tasks; absent: one for each core
  // in-process, or the addresses of Redis servers: redis://127.0.0.1:6379,redis://127.0.0.1:6380
  std::string store = "in-process";
  ModelledNetwork network = ModelledNetwork::none;
  FixedTime fixed_time = FixedTime::sleep;
  // A fault: with this probability a task's container is killed while the task is in it.
  double container_kills = 0;

  void visit(FieldVisitor& v) {
    v.field("speed", speed, {1e-3, 1e6});
    if (v.present("workers", workers.has_value())) {
      if (!workers) workers = 1;
      v.field("workers", *workers, {1, 1024});
    } else {
      workers.reset();
    }
    v.field("store", store);
    v.choice("network", network, kModelledNetworkNames);
    v.choice("fixed_time", fixed_time, kFixedTimeNames);
    v.field("container_kills", container_kills, kFraction);
  }
};

}  // namespace wukong::runtime
