#include "scheduler/wukong/decisions/alternative.h"

#include <memory>
#include <utility>

#include "scheduler/wukong/decisions/options.h"

namespace wukong::wukong_decisions {

std::optional<scheduler::Alternative> alternative_of_wukong(const scheduler::Options& options,
                                                            scheduler::TimeSink sink) {
  // So much that hardly any object stays on the side of the threshold where it was.
  constexpr double kFar = 100;
  const auto& wukong = dynamic_cast<const WukongOptions&>(options);
  const auto before = static_cast<double>(wukong.large_object_threshold.count());
  const double after = sink == scheduler::TimeSink::serial_tasks ? before * kFar : before / kFar;
  auto changed = std::make_unique<WukongOptions>(wukong);
  changed->large_object_threshold = Bytes::whole(after);
  return scheduler::Alternative{.options = std::move(changed),
                                .option = "large_object_threshold_mb",
                                .before = before / 1e6,
                                .after = after / 1e6};
}

}  // namespace wukong::wukong_decisions
