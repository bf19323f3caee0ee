#include "bench/reproduction/figure_setup.h"

#include <fmt/format.h>

#include <algorithm>

#include "bench/parameters/parameter_reader.h"

namespace wukong::bench {
namespace {

constexpr std::string_view kForms[] = {"lines", "bars"};
constexpr std::string_view kScales[] = {"linear", "log"};
constexpr std::string_view kKeys[] = {"note", "experiment", "metric", "plot", "series", "x"};
constexpr std::string_view kSections[] = {"platform", "workload", "system", "seed", "horizon_s"};

template <class Names>
void check_known(const ParameterTree& map, const Names& names, const std::string& path) {
  for (const ParameterEntry& entry : map.entries)
    if (std::find(std::begin(names), std::end(names), entry.key) == std::end(names))
      throw Error(entry.value.origin.place(join_path(path, entry.key)),
                  "unknown key" + did_you_mean(entry.key, names));
}

const ParameterTree& required(const ParameterTree& map, const std::string& key,
                              const std::string& path) {
  if (const ParameterTree* found = map.find(key)) return *found;
  throw Error(map.origin.place(join_path(path, key)), "a value", "nothing (the key is missing)");
}

// A map with exactly these keys.
const ParameterTree& required_map(const ParameterTree& description, const std::string& key,
                                  const std::vector<std::string>& names) {
  const ParameterTree& map = required(description, key, "");
  if (!map.is_map())
    throw Error(map.origin.place(key), fmt::format("a map ({})", fmt::join(names, ", ")),
                map.describe());
  check_known(map, names, key);
  for (const std::string& name : names) required(map, name, key);
  return map;
}

// What a point's layer says of its sections; nothing at all is an empty layer.
void lay(ParameterTree& parameters, const ParameterTree& layer, const std::string& path) {
  if (layer.is_none()) return;
  if (!layer.is_map())
    throw Error(layer.origin.place(path), "a map (platform, workload, system)", layer.describe());
  check_known(layer, kSections, path);
  merge(parameters, layer);
}

std::string note_of(const ParameterTree& description) {
  const ParameterTree* note = description.find("note");
  if (note == nullptr) return "";
  if (!note->is_scalar()) throw Error(note->origin.place("note"), "a text", note->describe());
  return note->text;
}

const Metric& metric_of(const ParameterTree& metric, const std::string& x,
                        const std::string& unit) {
  const ParameterTree& written = metric.is_map() ? *metric.find(x) : metric;
  const std::string path = metric.is_map() ? join_path("metric", x) : "metric";
  const Metric& found = find_metric(written, path);
  if (found.unit != unit)
    throw Error(written.origin.place(path), fmt::format("a metric in {}, as the figure is", unit),
                fmt::format("\"{}\" in {}", found.name, found.unit));
  return found;
}

}  // namespace

void PlotStyle::visit(FieldVisitor& v) {
  v.choice("form", form, kForms);
  v.choice("x", x, kScales);
  v.choice("y", y, kScales);
}

FigureSetup make_figure_setup(const ReferenceFigure& reference, const ParameterTree& description) {
  check_known(description, kKeys, "");
  FigureSetup setup{&reference, note_of(description), {}, {}};
  ParameterReader plot(required(description, "plot", ""), {"plot"});
  plot.read(setup.plot);

  std::vector<std::string> series_names, x_names;
  for (const ReferenceSeries& series : reference.series) series_names.push_back(series.name);
  for (const PlottedX& x : reference.x) x_names.push_back(x.text);
  const ParameterTree& series = required_map(description, "series", series_names);
  const ParameterTree& x = required_map(description, "x", x_names);
  const ParameterTree& metric = required(description, "metric", "");
  if (metric.is_map()) required_map(description, "metric", x_names);

  for (size_t i = 0; i < series_names.size(); ++i) {
    for (size_t j = 0; j < x_names.size(); ++j) {
      ParameterTree parameters = ParameterTree::make_map(description.origin);
      lay(parameters, required(description, "experiment", ""), "experiment");
      lay(parameters, *series.find(series_names[i]), join_path("series", series_names[i]));
      lay(parameters, *x.find(x_names[j]), join_path("x", x_names[j]));
      setup.points.push_back(
          {i, j, &metric_of(metric, x_names[j], reference.unit), std::move(parameters)});
    }
  }
  return setup;
}

}  // namespace wukong::bench
