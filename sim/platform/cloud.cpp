#include "sim/platform/cloud.h"

#include "sim/engine/engine.h"
#include "sim/platform/platform_spec.h"

namespace wukong::platform {

Cloud::Cloud(engine::Engine& engine, const PlatformSpec& spec, Backend& backend)
    : engine_(engine),
      spec_(spec),
      backend_(backend),
      resources_(engine),
      network_(resources_, spec.network.message_bytes),
      hosts_(network_, backend_.values()),
      functions_(engine, hosts_, spec.functions) {}

Cloud::Cloud(engine::Engine& engine, const PlatformSpec& spec) : Cloud(engine, spec, modelled_) {}

Cloud::~Cloud() { engine_.clear(); }

}  // namespace wukong::platform
