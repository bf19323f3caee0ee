// Makes the hosts of a platform: hands out their ids, makes and removes their network links, and
// says when their memory is empty. Owned by the platform; outlives all who make hosts with it.
#pragma once

#include <cstdint>

#include "sim/hosts/host.h"
#include "sim/hosts/values.h"
#include "sim/network/network.h"

namespace wukong::hosts {

class HostFactory {
 public:
  HostFactory(network::Network& network, Values& values) : network_(network), values_(values) {}
  HostFactory(const HostFactory&) = delete;
  HostFactory& operator=(const HostFactory&) = delete;

  Host make(double vcpus, Bytes memory, const network::LinkSpec& inbound,
            const network::LinkSpec& outbound) {
    ++existing_;
    Host made;
    made.id = HostId(next_++);
    made.vcpus = vcpus;
    made.memory = memory;
    made.inbound = network_.add_link(inbound);
    made.outbound = network_.add_link(outbound);
    return made;
  }

  // A process on a machine, with memory of its own: it shares the rest with the others there.
  Host make_process(const Host& machine, Bytes memory) {
    ++existing_;
    Host made = machine;
    made.id = HostId(next_++);
    made.memory = memory;
    return made;
  }

  // An id is not used again. REQUIRES: it is no process on another host, and no transfer crosses
  // its links.
  void remove(const Host& host) {
    values_.clear(host, HostFate::removed);
    network_.remove_link(host.inbound);
    network_.remove_link(host.outbound);
    --existing_;
  }

  // What ran on the host has ended; its memory is empty for whatever runs there next.
  void vacate(const Host& host) { values_.clear(host, HostFate::vacated); }

  // Hosts that were made and not removed.
  size_t existing() const { return existing_; }

 private:
  network::Network& network_;
  Values& values_;
  uint32_t next_ = 0;
  size_t existing_ = 0;
};

}  // namespace wukong::hosts
