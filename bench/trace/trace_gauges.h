// What a trace shows as curves: how much of each storage machine's network interface is used, what
// the run has cost so far, and the bytes that were read and written. Looked at when something
// happens, but not more often than an interval, which doubles with every few hundred looks, so that
// a long run's curves are as large as a short one's. Looking changes nothing in the run.
#pragma once

#include <vector>

#include "bench/trace/trace_event_file.h"
#include "sim/base/bytes.h"
#include "sim/base/money.h"
#include "sim/base/time.h"

namespace wukong::hosts {
struct Machine;
}  // namespace wukong::hosts

namespace wukong::platform {
class Platform;
}  // namespace wukong::platform

namespace wukong::trace {

class TraceGauges {
 public:
  struct Groups {
    uint32_t platform;
    uint32_t storage;
  };
  // `file` outlives the gauges; the platform, their last look.
  TraceGauges(TraceEventFile& file, Groups groups) : file_(file), groups_(groups) {}

  void watch(const platform::Platform& platform) { platform_ = &platform; }
  // It is `now`, and something happens.
  void pass(Time now) {
    if (now >= next_) look(now);
  }
  // The last look: what is shown falls to zero.
  void finish(Time now);

 private:
  static constexpr Duration kFirstInterval = Duration::milliseconds(10);
  static constexpr int kLooksPerInterval = 512;

  struct Shard {
    const hosts::Machine* machine;
    Bytes in;  // that it had received at the last look
    Bytes out;
    int64_t shown_in = 0;  // in thousandths of what its interface carries
    int64_t shown_out = 0;
  };

  void look(Time now);
  void look_at_shards(Time now);
  void look_at_totals(Time now);
  void show(size_t number, Shard& shard, Time since, int64_t in, int64_t out);

  TraceEventFile& file_;
  Groups groups_;
  const platform::Platform* platform_ = nullptr;
  std::vector<Shard> shards_;
  Duration interval_ = kFirstInterval;
  int looks_ = 0;
  Time last_;
  Time next_;
  Money shown_cost_;
  Bytes shown_read_;
  Bytes shown_written_;
};

}  // namespace wukong::trace
