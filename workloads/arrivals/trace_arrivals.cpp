#include "workloads/arrivals/trace_arrivals.h"

#include "workloads/arrivals/kind_draw.h"

namespace wukong::arrivals {

TraceArrivals::TraceArrivals(std::unique_ptr<traces::Trace> trace,
                             const std::vector<double>& weights, uint64_t seed)
    : trace_(std::move(trace)), invocations_(trace_->invocations()) {
  KindDraw draw(weights, seed);
  kinds_.resize(trace_->functions().function_count());
  for (JobKindId& kind : kinds_) kind = draw.next();
}

std::optional<Arrival> TraceArrivals::next() {
  traces::Invocation invocation;
  if (!invocations_->next(invocation)) return std::nullopt;
  return Arrival{invocation.arrival, kinds_[invocation.function.index()]};
}

}  // namespace wukong::arrivals
