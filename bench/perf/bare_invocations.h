// The least machinery that simulates invocations of functions: a heap of departures, and for each
// function a list of idle environments, the newest of which serves next, with the times at which
// they are gone. No latencies, no limits, no billing, no traces, no statistics but counts.
#pragma once

#include <cstdint>
#include <queue>
#include <vector>

#include "workloads/traces/trace.h"

namespace wukong::perf {

class BareInvocations {
 public:
  struct Counts {
    uint64_t invocations = 0;
    uint64_t cold_starts = 0;
    int64_t end_ns = 0;
  };

  explicit BareInvocations(size_t functions, int64_t keep_alive_ns)
      : keep_alive_ns_(keep_alive_ns), idle_(functions) {}

  Counts run(traces::InvocationSource& source) {
    traces::Invocation invocation;
    while (source.next(invocation)) {
      const int64_t now = invocation.arrival.count_ns();
      while (!departures_.empty() && departures_.top().at <= now) depart();
      arrive(now, invocation);
    }
    while (!departures_.empty()) depart();
    return counts_;
  }

 private:
  struct Departure {
    int64_t at;
    uint32_t function;
    bool operator<(const Departure& other) const { return at > other.at; }
  };
  // Times at which idle environments are gone. All are kept equally long, so the earliest stand
  // first, and the newest last.
  struct Idle {
    std::vector<int64_t> until;
    size_t first = 0;  // those before are gone
  };

  void arrive(int64_t now, const traces::Invocation& invocation) {
    ++counts_.invocations;
    const auto function = static_cast<uint32_t>(invocation.function.index());
    Idle& idle = idle_[function];
    while (idle.first < idle.until.size() && idle.until[idle.first] <= now) ++idle.first;
    if (idle.first == idle.until.size()) {
      ++counts_.cold_starts;
      idle.until.clear();
      idle.first = 0;
    } else {
      idle.until.pop_back();
    }
    departures_.push({now + invocation.duration.count_ns(), function});
  }
  void depart() {
    const Departure departure = departures_.top();
    departures_.pop();
    counts_.end_ns = departure.at;
    idle_[departure.function].until.push_back(departure.at + keep_alive_ns_);
  }

  int64_t keep_alive_ns_;
  std::priority_queue<Departure> departures_;
  std::vector<Idle> idle_;
  Counts counts_;
};

}  // namespace wukong::perf
