// Arrivals from a list: a CSV of the columns time_s and job, in the order of the times, gzip'd or
// not, read as it goes. `time` is another name of time_s.
#pragma once

#include <string>
#include <vector>

#include "workloads/arrivals/arrivals.h"
#include "workloads/csv/csv_reader.h"

namespace wukong::arrivals {

class JobList final : public Arrivals {
 public:
  // `kinds` are the names that a list may have, in the order of the mix. Throws Error, now and from
  // next(), for what is wrong with the file.
  JobList(csv::ByteFilePointer file, std::vector<std::string> kinds);

  std::optional<Arrival> next() override;

 private:
  csv::CsvReader csv_;
  std::vector<std::string> kinds_;
  csv::ColumnId time_, job_;
  Duration previous_;
};

}  // namespace wukong::arrivals
