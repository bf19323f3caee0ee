#include "bench/reproduction/figure_setup.h"

#include <fmt/format.h>

#include <algorithm>

#include "bench/parameters/parameter_reader.h"

namespace wukong::reproduction {
namespace {

constexpr std::string_view kForms[] = {"lines", "bars"};
constexpr std::string_view kScales[] = {"linear", "log"};
constexpr std::string_view kKeys[] = {"note", "experiment", "metric", "plot", "series", "x"};
constexpr std::string_view kLayerSections[] = {"platform", "workload", "system", "seed",
                                               "horizon_s"};

template <class Names>
void check_known(const parameters::ParameterTree& map, const Names& names,
                 const std::string& path) {
  for (const parameters::ParameterEntry& entry : map.entries)
    if (std::find(std::begin(names), std::end(names), entry.key) == std::end(names))
      throw Error(entry.value.origin.place(parameters::join_path(path, entry.key)),
                  "unknown key" + did_you_mean(entry.key, names));
}

const parameters::ParameterTree& required(const parameters::ParameterTree& map,
                                          const std::string& key, const std::string& path) {
  if (const parameters::ParameterTree* found = map.find(key)) return *found;
  throw Error(map.origin.place(parameters::join_path(path, key)), "a value",
              "nothing (the key is missing)");
}

// A map with exactly these keys.
const parameters::ParameterTree& required_map(const parameters::ParameterTree& description,
                                              const std::string& key,
                                              const std::vector<std::string>& names) {
  const parameters::ParameterTree& map = required(description, key, "");
  if (!map.is_map())
    throw Error(map.origin.place(key), fmt::format("a map ({})", fmt::join(names, ", ")),
                map.describe());
  check_known(map, names, key);
  for (const std::string& name : names) required(map, name, key);
  return map;
}

// What a point's layer says of its sections; nothing at all is an empty layer.
void lay(parameters::ParameterTree& parameters, const parameters::ParameterTree& layer,
         const std::string& path) {
  if (layer.is_none()) return;
  if (!layer.is_map())
    throw Error(layer.origin.place(path), "a map (platform, workload, system)", layer.describe());
  check_known(layer, kLayerSections, path);
  parameters::merge(parameters, layer);
}

std::string note_of(const parameters::ParameterTree& description) {
  const parameters::ParameterTree* note = description.find("note");
  if (note == nullptr) return "";
  if (!note->is_scalar()) throw Error(note->origin.place("note"), "a text", note->describe());
  return note->text;
}

const result::Metric& metric_of(const parameters::ParameterTree& metric, const std::string& x,
                                const std::string& unit) {
  const parameters::ParameterTree& written = metric.is_map() ? *metric.find(x) : metric;
  const std::string path = metric.is_map() ? parameters::join_path("metric", x) : "metric";
  const result::Metric& found = result::find_metric(written, path);
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

FigureSetup make_figure_setup(const ReferenceFigure& reference,
                              const parameters::ParameterTree& description) {
  check_known(description, kKeys, "");
  FigureSetup setup{&reference, note_of(description), {}, {}};
  parameters::ParameterReader plot(required(description, "plot", ""), {"plot"});
  plot.read(setup.plot);

  std::vector<std::string> series_names, x_names;
  for (const ReferenceSeries& series : reference.series) series_names.push_back(series.name);
  for (const PlottedX& x : reference.x) x_names.push_back(x.text);
  const parameters::ParameterTree& series = required_map(description, "series", series_names);
  const parameters::ParameterTree& x = required_map(description, "x", x_names);
  const parameters::ParameterTree& metric = required(description, "metric", "");
  if (metric.is_map()) required_map(description, "metric", x_names);

  for (size_t i = 0; i < series_names.size(); ++i) {
    for (size_t j = 0; j < x_names.size(); ++j) {
      parameters::ParameterTree parameters =
          parameters::ParameterTree::make_map(description.origin);
      lay(parameters, required(description, "experiment", ""), "experiment");
      lay(parameters, *series.find(series_names[i]),
          parameters::join_path("series", series_names[i]));
      lay(parameters, *x.find(x_names[j]), parameters::join_path("x", x_names[j]));
      setup.points.push_back(
          {i, j, &metric_of(metric, x_names[j], reference.unit), std::move(parameters)});
    }
  }
  return setup;
}

}  // namespace wukong::reproduction
