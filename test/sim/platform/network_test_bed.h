// For tests of the network: an engine with a network, and transfers that note when they end.
#pragma once

#include <initializer_list>
#include <optional>

#include "sim/engine/engine.h"
#include "sim/platform/network.h"

namespace wukong::sim {

constexpr Bandwidth kNoCap = Bandwidth::unlimited();

inline Bandwidth rate(int64_t bytes_per_second) {
  return Bandwidth::bytes_per_second(bytes_per_second);
}

struct NetworkTestBed {
  VirtualClock clock;
  Engine engine{clock};
  Network network{engine, Bytes(0)};

  ~NetworkTestBed() { engine.clear(); }

  LinkId link(int64_t bytes_per_second) {
    return network.add_link(LinkSpec{rate(bytes_per_second), std::nullopt, Bandwidth()});
  }
  LinkId bucket(int64_t base, int64_t burst, int64_t burst_rate) {
    return network.add_link(LinkSpec{rate(base), Bytes(burst), rate(burst_rate)});
  }
  Process& send(Duration start, int64_t bytes, Route route, std::optional<Time>& end,
                Bandwidth cap = kNoCap) {
    return engine.spawn(body(start, Bytes(bytes), route, end, cap), "sender");
  }
  Task<> body(Duration start, Bytes bytes, Route route, std::optional<Time>& end, Bandwidth cap) {
    co_await engine.sleep(start);
    co_await network.transfer(bytes, route, cap);
    end = engine.now();
  }
  void run() { engine.run(); }
};

inline Route over(std::initializer_list<LinkId> links) {
  Route route;
  for (const LinkId link : links) route.via(link);
  return route;
}

inline Time at(Duration since_start) { return Time::at(since_start); }

}  // namespace wukong::sim
