// The network: transfers of bytes over routes of links, which share them max-min fairly
// (sim/fluid).
//
// A transfer of at most `message_bytes` is a *message*: over before sharing could matter, it takes
// the time of the slowest rate on its route alone. Only the network has such an exemption, as it is
// about packets.
#pragma once

#include "sim/base/bytes.h"
#include "sim/base/ids.h"
#include "sim/fluid/resource.h"
#include "sim/network/network_spec.h"

namespace wukong::fluid {
class Activity;
class Pool;
}  // namespace wukong::fluid

namespace wukong::network {
class CopyingThread;
}  // namespace wukong::network

namespace wukong::network {

// What a transfer passes, each once and at most four: links, and at its ends threads that copy it.
class Route {
 public:
  // None: no link to cross.
  Route& via(LinkId link);
  // REQUIRES: it is valid and of the network's pool.
  Route& via(const CopyingThread& thread);

 private:
  friend class Network;
  fluid::ResourceList passed_;
};

class Network {
 public:
  // Links are resources of the pool, which must outlive the network.
  Network(fluid::Pool& pool, Bytes message_bytes) : pool_(pool), message_bytes_(message_bytes) {}
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  LinkId add_link(const LinkSpec& spec);
  // REQUIRES: no transfer crosses the link.
  void remove_link(LinkId link);

  // co_await network.transfer(bytes, route, cap): until the last byte has arrived. It is never
  // faster than `cap`, and begins at `start` if that is later than now: a latency before a message
  // costs no event of its own. Destroying the awaiting coroutine ends the transfer.
  fluid::Activity transfer(Bytes bytes, const Route& route, Bandwidth cap = Bandwidth::unlimited(),
                           Time start = Time::zero());

  // For threads that copy, which are on routes with the links.
  fluid::Pool& pool() { return pool_; }

  // For reports and tests.
  Bytes carried(LinkId link) const;   // bytes that crossed the link so far; a message at its start
  double rate_of(LinkId link) const;  // bytes per second that cross it now

 private:
  fluid::Pool& pool_;
  Bytes message_bytes_;
};

}  // namespace wukong::network
