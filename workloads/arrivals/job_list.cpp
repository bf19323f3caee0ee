#include "workloads/arrivals/job_list.h"

#include <algorithm>

#include "sim/base/error.h"

namespace wukong::arrivals {

JobList::JobList(csv::ByteFilePointer file, std::vector<std::string> kinds)
    : csv_(std::move(file)),
      kinds_(std::move(kinds)),
      time_(csv_.find_column("time") ? *csv_.find_column("time") : csv_.column("time_s")),
      job_(csv_.column("job")) {
  csv_.refuse_columns_besides({csv_.header()[time_.index()], "job"});
}

std::optional<Arrival> JobList::next() {
  if (!csv_.next()) return std::nullopt;
  const Duration time = csv_.seconds(time_);
  if (time < previous_)
    csv_.fail(time_, "rows in the order of their times, so at least that of the row before");
  previous_ = time;
  const std::string name = csv_.name(job_);
  const auto found = std::find(kinds_.begin(), kinds_.end(), name);
  if (found == kinds_.end()) csv_.fail(job_, "a job's name" + did_you_mean(name, kinds_));
  return Arrival{Time::at(time), JobKindId(static_cast<size_t>(found - kinds_.begin()))};
}

}  // namespace wukong::arrivals
