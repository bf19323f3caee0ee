#include "sim/faults/fault_spec.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <sstream>

#include "sim/base/error.h"
#include "sim/base/fields.h"

namespace wukong::faults {
namespace {

constexpr Bounds kMostFaults{0, 1e9};  // as good as no limit
constexpr const char* kExpectedPoint = "a kind of fault and a number from 1 on, as crash_before:3";

[[noreturn]] void fail(const std::string& found) {
  throw Error(ErrorPlace{.file = "", .line = 0, .key = "faults.points"}, kExpectedPoint, found);
}

FaultPoint parse_point(const std::string& word) {
  const size_t colon = word.find(':');
  const std::string name = word.substr(0, colon);
  const auto* const found = std::find(std::begin(kFaultKindNames), std::end(kFaultKindNames), name);
  if (found == std::end(kFaultKindNames))
    fail("\"" + word + "\"" + did_you_mean(name, kFaultKindNames));
  FaultPoint point;
  point.kind = static_cast<FaultKind>(found - std::begin(kFaultKindNames));
  if (colon == std::string::npos) fail("\"" + word + "\"");
  const char* const end = word.data() + word.size();
  const auto [rest, error] = std::from_chars(word.data() + colon + 1, end, point.number);
  if (error != std::errc() || rest != end || point.number == 0) fail("\"" + word + "\"");
  return point;
}

}  // namespace

bool FaultSpec::empty() const {
  return points.empty() && std::all_of(probabilities.begin(), probabilities.end(),
                                       [](double probability) { return probability == 0; });
}

void FaultSpec::visit(FieldVisitor& v) {
  for (size_t kind = 0; kind < kFaultKinds; ++kind)
    v.field(kFaultKindNames[kind], probabilities[kind], kFraction);
  std::string text = points.empty() ? "none" : describe(points);
  v.field("points", text);
  points = text == "none" ? std::vector<FaultPoint>() : parse_fault_points(text);
  v.field("most", most, kMostFaults);
  v.duration("longest_delay_s", longest_delay, kPositive);
  v.duration("crash_within_s", crash_within, kPositive);
  v.duration("outage_s", outage, kPositive);
}

std::vector<FaultPoint> parse_fault_points(const std::string& text) {
  std::istringstream words(text);
  std::vector<FaultPoint> points;
  for (std::string word; words >> word;) points.push_back(parse_point(word));
  return points;
}

std::string describe(const std::vector<FaultPoint>& points) {
  std::string text;
  for (const FaultPoint& point : points) {
    if (!text.empty()) text += ' ';
    text += std::string(name_of(point.kind)) + ":" + std::to_string(point.number);
  }
  return text;
}

}  // namespace wukong::faults
