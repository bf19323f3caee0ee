#include "bench/validation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "bench/text/format.h"
#include "bench/text/output_width.h"
#include "bench/text/table.h"

namespace wukong::bench {
namespace {

using Align = Table::Align;

std::string percent(double part) { return fmt::format("{:+.1f} %", 100 * part); }

std::string both(const std::string& predicted, const std::string& measured) {
  return predicted == measured ? predicted : predicted + " / " + measured;
}

std::vector<std::string> row_of(const Prediction& prediction) {
  const RunResult& predicted = prediction.predicted;
  const RunResult& measured = prediction.measured.result;
  const auto bytes = [](const RunResult& run) {
    return fmt::format("{}", (run.usage.read + run.usage.written).count());
  };
  const auto count = [](uint64_t value) { return format_count(static_cast<double>(value)); };
  return {measured.workload,
          measured.system,
          fmt::format("{}", measured.seed),
          format_time(predicted.makespan.to_seconds()),
          format_time(measured.makespan.to_seconds()),
          percent(error_of(prediction)),
          both(bytes(predicted), bytes(measured)),
          both(count(predicted.invocations), count(measured.invocations)),
          both(format_money(usd_of(predicted.cost.total())),
               format_money(usd_of(measured.cost.total())))};
}

std::string summary(const Accuracy& accuracy) {
  if (accuracy.runs == 0) return "";
  return fmt::format(
      "error of the makespan over {} runs: median {:.1f} % (at most {:.0f} %), largest {:.1f} % "
      "(at most {:.0f} %): {}\n",
      accuracy.runs, 100 * accuracy.median, 100 * kMedianErrorAllowed, 100 * accuracy.largest,
      100 * kLargestErrorAllowed, accuracy.good() ? "good" : "TOO LARGE");
}

}  // namespace

double error_of(const Prediction& prediction) {
  const double measured = prediction.measured.result.makespan.to_seconds();
  return prediction.predicted.makespan.to_seconds() / measured - 1;
}

bool comparable(const Prediction& prediction) {
  return prediction.measured.result.completed && prediction.predicted.completed;
}

Accuracy accuracy_of(const std::vector<Prediction>& predictions) {
  std::vector<double> errors;
  for (const Prediction& prediction : predictions)
    if (comparable(prediction)) errors.push_back(std::abs(error_of(prediction)));
  if (errors.empty()) return {};
  std::sort(errors.begin(), errors.end());
  const size_t middle = errors.size() / 2;
  const double median =
      errors.size() % 2 == 1 ? errors[middle] : (errors[middle - 1] + errors[middle]) / 2;
  return {errors.size(), median, errors.back()};
}

std::string validation_report(const std::vector<Prediction>& predictions) {
  Table table({Align::left, Align::left, Align::right, Align::right, Align::right, Align::right,
               Align::right, Align::right, Align::right});
  table.add_row({"predicted / measured", "system", "seed", "predicted", "measured", "error",
                 "bytes", "invocations", "cost"});
  std::string failures;
  for (const Prediction& prediction : predictions) {
    const RunResult& measured = prediction.measured.result;
    if (comparable(prediction))
      table.add_row(row_of(prediction));
    else
      failures +=
          fmt::format("{}, {}, seed {}: {}\n", measured.workload, measured.system, measured.seed,
                      measured.completed ? "the prediction: " + prediction.predicted.failure
                                         : measured.failure);
  }
  return table.to_text({.width = output_width(), .keys = 3}) + failures +
         summary(accuracy_of(predictions));
}

}  // namespace wukong::bench
