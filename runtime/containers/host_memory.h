// The memories of the hosts of an emulated platform, with the values in them, and the containers
// that run there. For the loop's thread.
//
// A policy that reads or sends what the host does not hold is wrong; then MissingValue ends the
// run.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <vector>

#include "runtime/containers/fiber_pool.h"
#include "sim/hosts/values.h"
#include "workloads/computations/computation.h"

namespace wukong::containers {

class MissingValue : public std::runtime_error {
 public:
  MissingValue(const hosts::Host& host, ObjectId object);
};

class HostMemory final : public hosts::Values {
 public:
  // Both outlive it.
  HostMemory(FiberPool& pool, const computations::Computation& computation)
      : pool_(pool), computation_(computation) {}
  HostMemory(const HostMemory&) = delete;
  HostMemory& operator=(const HostMemory&) = delete;
  ~HostMemory() override;

  void preload(const hosts::Host& host, ObjectId object) override;
  void send(const hosts::Host& from, ObjectId object) override;
  void receive(const hosts::Host& to, ObjectId object) override;
  void copy(const hosts::Host& from, const hosts::Host& to, ObjectId object) override;
  void drop(const hosts::Host& host, ObjectId object) override;
  // Also kills the host's containers in which something runs; all of them, if the host is gone.
  void clear(const hosts::Host& host, hosts::HostFate fate) override;

  void add(const hosts::Host& host, ObjectId object, kernels::Value value);
  // Throws MissingValue.
  const kernels::Value& get(const hosts::Host& host, ObjectId object) const;
  // The value on any host that holds it, for the results of a run.
  std::optional<kernels::Value> find_anywhere(ObjectId object) const;
  Bytes held(const hosts::Host& host) const;

  FiberPool& pool() { return pool_; }
  // An idle container of the host, or a new one.
  Container& container(const hosts::Host& host);
  // Ends what runs in one of the host's containers.
  void kill(const hosts::Host& host, Container& container);

 private:
  struct Entry {
    kernels::Value value;
    int64_t times = 0;  // how often it came, less how often it was dropped
  };
  struct Memory {
    std::map<ObjectId, Entry> entries;
    std::vector<Container*> containers;
    Bytes held;
  };

  Memory& memory_of(const hosts::Host& host);
  const Entry* find(const hosts::Host& host, ObjectId object) const;

  FiberPool& pool_;
  const computations::Computation& computation_;
  std::vector<std::unique_ptr<Memory>> memories_;  // by host
  // A payload is delivered again when its invocation is retried, so messages are kept.
  std::map<ObjectId, kernels::Value> messages_;
};

}  // namespace wukong::containers
