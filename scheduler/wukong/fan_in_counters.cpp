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
  if (!bits_) return metadata_.count(host, {sim::CounterAction::increment, counter});
  return metadata_.count(host, {sim::CounterAction::set_bit, counter, bits_->of(task, target)});
}

Task<CounterReply> FanInCounters::others_arrived(const sim::Host& host, TaskId task,
                                                 TaskId target) const {
  const sim::CounterId counter(target.value());
  if (!bits_) return metadata_.count(host, {sim::CounterAction::read, counter});
  return metadata_.count(host, {sim::CounterAction::read_others, counter, bits_->of(task, target)});
}

}  // namespace wukong::scheduler
