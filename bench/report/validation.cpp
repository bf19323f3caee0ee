#include "bench/report/validation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "bench/run/run_result.h"
#include "bench/simulation/emulate.h"
#include "bench/text/format.h"
#include "bench/text/output_width.h"
#include "bench/text/table.h"

namespace wukong::report {
namespace {

using Align = text::Table::Align;

std::string percent(double part) { return fmt::format("{:+.1f} %", 100 * part); }

std::string both(const std::string& predicted, const std::string& measured) {
  return predicted == measured ? predicted : predicted + " / " + measured;
}

std::vector<std::string> row_of(const simulation::Prediction& prediction) {
  const run::RunResult& predicted = prediction.predicted;
  const run::RunResult& measured = prediction.measured.result;
  const auto bytes = [](const run::RunResult& run) {
    return fmt::format("{}", (run.usage.read + run.usage.written).count());
  };
  const auto count = [](uint64_t value) { return text::format_count(static_cast<double>(value)); };
  return {measured.workload,
          measured.system,
          fmt::format("{}", measured.seed),
          text::format_time(predicted.makespan.to_seconds()),
          text::format_time(measured.makespan.to_seconds()),
          percent(error_of(prediction)),
          both(bytes(predicted), bytes(measured)),
          both(count(predicted.invocations), count(measured.invocations)),
          both(text::format_money(text::usd_of(predicted.cost.total())),
               text::format_money(text::usd_of(measured.cost.total())))};
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

double error_of(const simulation::Prediction& prediction) {
  const double measured = prediction.measured.result.makespan.to_seconds();
  return prediction.predicted.makespan.to_seconds() / measured - 1;
}

bool comparable(const simulation::Prediction& prediction) {
  return prediction.measured.result.completed && prediction.predicted.completed;
}

Accuracy accuracy_of(const std::vector<simulation::Prediction>& predictions) {
  std::vector<double> errors;
  for (const simulation::Prediction& prediction : predictions)
    if (comparable(prediction)) errors.push_back(std::abs(error_of(prediction)));
  if (errors.empty()) return {};
  std::sort(errors.begin(), errors.end());
  const size_t middle = errors.size() / 2;
  const double median =
      errors.size() % 2 == 1 ? errors[middle] : (errors[middle - 1] + errors[middle]) / 2;
  return {errors.size(), median, errors.back()};
}

std::string validation_report(const std::vector<simulation::Prediction>& predictions) {
  text::Table table({Align::left, Align::left, Align::right, Align::right, Align::right,
                     Align::right, Align::right, Align::right, Align::right});
  table.add_row({"predicted / measured", "system", "seed", "predicted", "measured", "error",
                 "bytes", "invocations", "cost"});
  std::string failures;
  for (const simulation::Prediction& prediction : predictions) {
    const run::RunResult& measured = prediction.measured.result;
    if (comparable(prediction))
      table.add_row(row_of(prediction));
    else
      failures +=
          fmt::format("{}, {}, seed {}: {}\n", measured.workload, measured.system, measured.seed,
                      measured.completed ? "the prediction: " + prediction.predicted.failure
                                         : measured.failure);
  }
  return table.to_text({.width = text::output_width(), .keys = 3}) + failures +
         summary(accuracy_of(predictions));
}

}  // namespace wukong::report
