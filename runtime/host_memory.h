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

#include "runtime/fiber_pool.h"
#include "sim/platform/values.h"
#include "workloads/kernels/computation.h"

namespace wukong::runtime {

class MissingValue : public std::runtime_error {
 public:
  MissingValue(const sim::Host& host, ObjectId object);
};

class HostMemory final : public sim::Values {
 public:
  // Both outlive it.
  HostMemory(FiberPool& pool, const workloads::Computation& computation)
      : pool_(pool), computation_(computation) {}
  HostMemory(const HostMemory&) = delete;
  HostMemory& operator=(const HostMemory&) = delete;
  ~HostMemory() override;

  void preload(const sim::Host& host, ObjectId object) override;
  void send(const sim::Host& from, ObjectId object) override;
  void receive(const sim::Host& to, ObjectId object) override;
  void copy(const sim::Host& from, const sim::Host& to, ObjectId object) override;
  void drop(const sim::Host& host, ObjectId object) override;
  // Also kills the host's containers in which something runs; all of them, if the host is gone.
  void clear(const sim::Host& host, sim::HostFate fate) override;

  void add(const sim::Host& host, ObjectId object, workloads::Value value);
  // Throws MissingValue.
  const workloads::Value& get(const sim::Host& host, ObjectId object) const;
  // The value on any host that holds it, for the results of a run.
  std::optional<workloads::Value> find_anywhere(ObjectId object) const;
  Bytes held(const sim::Host& host) const;

  FiberPool& pool() { return pool_; }
  // An idle container of the host, or a new one.
  Container& container(const sim::Host& host);
  // Ends what runs in one of the host's containers.
  void kill(const sim::Host& host, Container& container);

 private:
  struct Entry {
    workloads::Value value;
    int64_t times = 0;  // how often it came, less how often it was dropped
  };
  struct Memory {
    std::map<ObjectId, Entry> entries;
    std::vector<Container*> containers;
    Bytes held;
  };

  Memory& memory_of(const sim::Host& host);
  const Entry* find(const sim::Host& host, ObjectId object) const;

  FiberPool& pool_;
  const workloads::Computation& computation_;
  std::vector<std::unique_ptr<Memory>> memories_;  // by host
  // A payload is delivered again when its invocation is retried, so messages are kept.
  std::map<ObjectId, workloads::Value> messages_;
};

}  // namespace wukong::runtime
