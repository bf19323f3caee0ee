#include "bench/oracle/share_check.h"

#include <algorithm>
#include <cmath>

#include "bench/max_min/max_min.h"
#include "bench/oracle/plain_arithmetic.h"

namespace wukong::oracle {

void ShareCheck::on(Time time, const ResourceAdded& added) {
  Resource made{.spec = added.spec, .idle_since = time};
  made.bursting = added.spec.burst.has_value();
  if (made.bursting) made.left = added.spec.burst->allowance.as_double();
  broken_.expect(resources_.try_emplace(added.resource.value(), made).second,
                 "a resource is added twice");
}

void ShareCheck::on(Time, const ResourceRemoved& removed) {
  const auto found = resources_.find(removed.resource.value());
  broken_.expect(found != resources_.end() && found->second.users == 0,
                 "a resource is removed that is not there or in use");
  if (found != resources_.end()) resources_.erase(found);
}

void ShareCheck::on(Time time, const FlowAsked& asked) {
  pass_to(time);
  Flow flow{.demand = asked.demand, .asked = time};
  if (asked.demand.unshared) {
    int64_t slowest = asked.demand.cap.count();
    int64_t without_doubtful_bursts = slowest;
    for (const fluid::ResourceId id : asked.demand.resources) {
      const auto used = resources_.find(id.value());
      if (used == resources_.end()) continue;
      if (used->second.users == 0) end_idleness(used->second, time);
      slowest = std::min(slowest, static_cast<int64_t>(capacity(used->second)));
      if (used->second.doubtful)
        without_doubtful_bursts = std::min(without_doubtful_bursts, used->second.spec.rate.count());
    }
    slowest = std::max<int64_t>(1, slowest);
    without_doubtful_bursts = std::clamp<int64_t>(without_doubtful_bursts, 1, slowest);
    const int64_t start = std::max(time, asked.demand.start).count_ns();
    const int64_t takes = time_of(asked.demand.amount.count(), slowest);
    flow.due = Time::at(Duration::nanoseconds(start + takes));
    const int64_t at_most = time_of(asked.demand.amount.count(), without_doubtful_bursts);
    flow.doubt_ns = 1 + at_most / without_doubtful_bursts + (at_most - takes);
  }
  flows_[asked.flow] = flow;
}

void ShareCheck::on(Time time, const FlowBegan& began) {
  pass_to(time);
  const auto found = flows_.find(began.flow);
  if (found == flows_.end()) return broken_.expect(false, "a flow begins that nobody asked for");
  Flow& flow = found->second;
  broken_.expect(time == std::max(flow.asked, flow.demand.start) && !flow.due,
                 "a flow begins at {} s and not when it should", time.to_seconds());
  flow.begun = true;
  flow.missing = flow.demand.amount.as_double();
  change_users(flow, time, 1);
}

void ShareCheck::on(Time time, const FlowEnded& ended) {
  pass_to(time);
  const auto found = flows_.find(ended.flow);
  if (found == flows_.end()) return broken_.expect(false, "a flow ends that is not there");
  if (ended.end == fluid::FlowEnd::through) check_end(time, ended.flow, found->second);
  if (found->second.begun) change_users(found->second, time, -1);
  flows_.erase(found);
}

void ShareCheck::check_end(Time time, uint32_t number, const Flow& flow) {
  if (flow.due) {
    const int64_t off = (time - *flow.due).count_ns();
    return broken_.expect(std::abs(off) <= flow.doubt_ns,
                          "flow {} of {} units, alone, ends at {:.9f} s and not {:.9f} s", number,
                          flow.demand.amount.count(), time.to_seconds(), flow.due->to_seconds());
  }
  if (work_ > kMostWork) return;
  broken_.expect(flow.begun && std::abs(flow.missing) <= tolerance(flow),
                 "flow {} of {} units ends at {:.9f} s, {:.3f} units too {}", number,
                 flow.demand.amount.count(), time.to_seconds(), std::abs(flow.missing),
                 flow.missing > 0 ? "early" : "late");
}

// What it gets in two nanoseconds, as ends are rounded up to whole ones and those of a burst too; a
// unit of a burst that counts as nothing, and what sums are off by.
double ShareCheck::tolerance(const Flow& flow) const {
  return 2 + 2e-9 * flow.fastest + 1e-10 * flow.demand.amount.as_double();
}

void ShareCheck::change_users(const Flow& flow, Time now, int by) {
  changed_ = true;
  for (const fluid::ResourceId id : flow.demand.resources) {
    const auto used = resources_.find(id.value());
    if (used == resources_.end())
      return broken_.expect(false, "a flow uses a resource that is not there");
    Resource& resource = used->second;
    if (by > 0 && resource.users == 0) end_idleness(resource, now);
    resource.users = by > 0 ? resource.users + 1 : resource.users - 1;
    if (resource.users > 0) {
      used_.insert(id.value());
    } else {
      resource.idle_since = now;
      used_.erase(id.value());
    }
  }
}

double ShareCheck::capacity(const Resource& resource) const {
  const double rate = resource.spec.rate.as_double();
  if (resource.spec.burst) return resource.bursting ? resource.spec.burst->rate.as_double() : rate;
  if (!resource.spec.crowding || resource.users < 2) return rate;
  // What a crowd of any size gets is never lost; of the rest, half is with so many others.
  const double kept = rate * resource.spec.crowding->least_share;
  const double half_at = resource.spec.crowding->activities;
  const auto others = static_cast<double>(resource.users - 1);
  return kept + (rate - kept) * half_at / (half_at + others);
}

// While it was idle, its burst has filled up to the half.
void ShareCheck::end_idleness(Resource& resource, Time now) {
  if (!resource.spec.burst) return;
  const double half = resource.spec.burst->allowance.as_double() / 2;
  const double filled = resource.spec.rate.as_double() * (now - resource.idle_since).to_seconds();
  if (resource.left < half) resource.left = std::min(half, resource.left + filled);
  resource.idle_since = now;
  resource.bursting = resource.left >= 1;
  // Ends of bursts are rounded up to whole nanoseconds, in which a little more was taken.
  const double rounding = 1e-3 + resource.spec.burst->rate.as_double() * 1e-9;
  resource.doubtful = std::abs(resource.left - 1) <= rounding;
}

// The rates of all flows on the way to `time` are constant, but for bursts that end.
void ShareCheck::pass_to(Time time) {
  double seconds = (time - now_).to_seconds();
  now_ = time;
  if (seconds <= 0 || work_ > kMostWork) return;
  while (seconds > 0) {
    if (changed_) solve();
    seconds -= pass(seconds);
  }
  for (const auto& [number, flow] : flows_)
    if (flow.begun && flow.missing < -tolerance(flow))
      broken_.expect(false,
                     "flow {} of {} units goes on at {:.9f} s, although it is "
                     "through",
                     number, flow.demand.amount.count(), time.to_seconds());
}

void ShareCheck::solve() {
  changed_ = false;
  std::map<uint32_t, size_t> numbers;
  std::vector<double> capacities;
  std::vector<max_min::Sharer> sharers;
  for (const auto& [number, flow] : flows_) {
    if (!flow.begun) continue;
    max_min::Sharer& sharer =
        sharers.emplace_back(max_min::Sharer{flow.demand.cap.as_double(), {}});
    for (const fluid::ResourceId id : flow.demand.resources) {
      const auto [known, is_new] = numbers.try_emplace(id.value(), capacities.size());
      if (is_new) capacities.push_back(capacity(resources_[id.value()]));
      sharer.resources.push_back(known->second);
    }
  }
  const std::vector<double> rates = max_min::max_min_rates(sharers, capacities, work_);
  for (const uint32_t number : used_) resources_[number].usage = 0;
  size_t next = 0;
  for (auto& [number, flow] : flows_) {
    if (!flow.begun) continue;
    flow.rate = rates[next++];
    flow.fastest = std::max(flow.fastest, flow.rate);
    for (const fluid::ResourceId id : flow.demand.resources)
      resources_[id.value()].usage += flow.rate;
  }
}

// At most so long, and not beyond the end of a burst. Returns how long.
double ShareCheck::pass(double seconds) {
  for (const uint32_t number : used_) {
    const Resource& resource = resources_[number];
    if (!resource.bursting) continue;
    const double beyond = resource.usage - resource.spec.rate.as_double();
    if (beyond > 0) seconds = std::min(seconds, std::max(0.0, resource.left) / beyond);
  }
  for (auto& [number, flow] : flows_)
    if (flow.begun) flow.missing -= flow.rate * seconds;
  for (const uint32_t number : used_) {
    Resource& resource = resources_[number];
    if (!resource.bursting) continue;
    const double beyond = resource.usage - resource.spec.rate.as_double();
    if (beyond <= 0) continue;
    resource.left -= beyond * seconds;
    if (resource.left > 1e-3) continue;
    resource.left = 0;
    resource.bursting = false;
    changed_ = true;
  }
  work_ += flows_.size() + used_.size();
  return seconds;
}

}  // namespace wukong::oracle
