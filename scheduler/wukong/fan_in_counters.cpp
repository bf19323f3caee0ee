#include "scheduler/wukong/fan_in_counters.h"

namespace wukong::scheduler {

using sim::CounterReply;
using sim::Task;

FanInCounters::FanInCounters(sim::MetadataStore& metadata, const workloads::Dag& dag, bool bits)
    : metadata_(metadata), dag_(dag) {
  if (bits) bits_.emplace(dag);
}

Task<CounterReply> FanInCounters::arrive(const sim::Host& host, TaskId task, TaskId target) const {
  const sim::CounterId counter(target.value());
  if (!bits_) return metadata_.increment(host, counter);
  return metadata_.set_bit(host, counter, bits_->of(task, target));
}

Task<CounterReply> FanInCounters::others_arrived(const sim::Host& host, TaskId task,
                                                 TaskId target) const {
  const sim::CounterId counter(target.value());
  if (!bits_) return metadata_.read(host, counter);
  return metadata_.read_others(host, counter, bits_->of(task, target));
}

}  // namespace wukong::scheduler
