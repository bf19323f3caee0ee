#include "scheduler/wukong/fan_in_counters.h"

namespace wukong::wukong_policy {

using engine::Task;
using storage::CounterReply;

FanInCounters::FanInCounters(storage::MetadataStore& metadata, const dag::Dag& dag, bool bits)
    : metadata_(metadata), dag_(dag) {
  if (bits) bits_.emplace(dag);
}

Task<CounterReply> FanInCounters::arrive(const hosts::Host& host, TaskId task,
                                         TaskId target) const {
  const CounterId counter(target.value());
  if (!bits_) return metadata_.count(host, {storage::CounterAction::increment, counter});
  return metadata_.count(host, {storage::CounterAction::set_bit, counter, bits_->of(task, target)});
}

Task<CounterReply> FanInCounters::others_arrived(const hosts::Host& host, TaskId task,
                                                 TaskId target) const {
  const CounterId counter(target.value());
  if (!bits_) return metadata_.count(host, {storage::CounterAction::read, counter});
  return metadata_.count(host,
                         {storage::CounterAction::read_others, counter, bits_->of(task, target)});
}

}  // namespace wukong::wukong_policy
