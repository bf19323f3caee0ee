// What a run of the benchmarks has measured, as it is kept in a file and compared.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace wukong::perf {

struct Spread {
  double least = 0;
  double median = 0;
  double most = 0;
};

// REQUIRES: values is not empty.
Spread spread_of(std::vector<double> values);

struct Measurement {
  Spread nanoseconds;  // per item
  Spread ratio;        // to the bare loop; zeros where there is none
};

using Measurements = std::map<std::string, Measurement, std::less<>>;

// As JSON. The second throws an Error that names the file, and the key, if it holds nothing of the
// kind.
std::string text_of(const Measurements& measurements);
Measurements read_measurements(const std::string& path);

// E.g. "-12 % [-15, -9]"; the bounds are those of any value now beside any value before. With a
// star if the spreads do not overlap.
std::string change_text(const Spread& now, const Spread& before);

}  // namespace wukong::perf
