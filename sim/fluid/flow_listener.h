// What a pool does, as it happens: for whoever checks it. A listener changes nothing in a run, and
// nothing of it reaches the run's trace hash.
#pragma once

#include <cstdint>

#include "sim/base/time.h"
#include "sim/fluid/resource_id.h"

namespace wukong::fluid {

struct Demand;
struct ResourceSpec;

enum class FlowEnd : uint8_t {
  through,    // its whole amount is through
  abandoned,  // who awaited it is gone
};

class FlowListener {
 public:
  virtual ~FlowListener() = default;

  virtual void added(Time time, ResourceId resource, const ResourceSpec& spec) = 0;
  virtual void removed(Time time, ResourceId resource) = 0;
  // The process asks for an activity, and awaits it from now on. Returns a number for it.
  virtual uint32_t asked(Time time, uint32_t process, const Demand& demand) = 0;
  // It begins to share its resources. One that is unshared never does.
  virtual void began(Time time, uint32_t flow) = 0;
  virtual void ended(Time time, uint32_t flow, FlowEnd end) = 0;
};

}  // namespace wukong::fluid
