// Whether a Dask worker is up, which of its lives it is in, and what it does in that: when its
// process ends, all of that ends at once.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "sim/engine/sync.h"

namespace wukong::dask_worker {

class DaskLife {
 public:
  explicit DaskLife(engine::Engine& engine) : engine_(engine) { activities_.emplace(engine); }

  bool up() const { return up_; }
  uint32_t number() const { return number_; }  // counts its restarts
  // Whoever has waited asks whether the worker is still the one that it was.
  bool goes_on(uint32_t number) const { return up_ && number_ == number; }

  // `name`: of the activity, a literal. REQUIRES: stop() was not called.
  void spawn(engine::Task<> activity, const char* name) {
    activities_->spawn(std::move(activity), name);
  }
  void begin() { up_ = true; }
  // Not from one of its own activities, which it destroys.
  void end() {
    up_ = false;
    ++number_;
    activities_.reset();
    activities_.emplace(engine_);
  }
  // For good.
  void stop() {
    up_ = false;
    activities_.reset();
  }

 private:
  engine::Engine& engine_;
  bool up_ = true;
  uint32_t number_ = 0;
  std::optional<engine::TaskGroup> activities_;
};

}  // namespace wukong::dask_worker
