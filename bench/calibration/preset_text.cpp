#include "bench/calibration/preset_text.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <cmath>
#include <cstdlib>
#include <optional>

#include "bench/parameters/parameter_yaml.h"
#include "sim/base/check.h"

namespace wukong::calibration {
namespace {

// A range of the text, in bytes.
struct Span {
  size_t begin;
  size_t end;
};

// Where a plain or quoted scalar on one line ends.
size_t end_of_scalar(const std::string& text, size_t begin, const std::string& scalar) {
  const char quote = text[begin];
  if (quote != '"' && quote != '\'') {
    ENSURE(text.compare(begin, scalar.size(), scalar) == 0, scalar, begin);
    return begin + scalar.size();
  }
  for (size_t i = begin + 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (quote == '"' || i + 1 == text.size() || text[i + 1] != '\'') return i + 1;
      ++i;  // '' is one '
    }
  }
  ENSURE(false, "a quote that is not closed, in text that was parsed", begin);
  return text.size();
}

Span span_of(const std::string& text, const YAML::Node& scalar) {
  const YAML::Mark mark = scalar.Mark();
  size_t begin = 0;
  for (int line = 0; line < mark.line; ++line) begin = text.find('\n', begin) + 1;
  begin += static_cast<size_t>(mark.column);
  ENSURE(begin < text.size(), begin, text.size());
  return {begin, end_of_scalar(text, begin, scalar.Scalar())};
}

struct ValueSpans {
  Span value;
  std::optional<Span> source;  // of its own
};

ValueSpans find_spans(const std::string& text, const std::vector<std::string>& key) {
  YAML::Node node = YAML::Load(text);
  for (const std::string& part : key) node.reset(YAML::Node(node[part]));
  if (!node.IsMap()) return {span_of(text, node), std::nullopt};
  ValueSpans spans{span_of(text, node["value"]), std::nullopt};
  if (node["source"]) spans.source = span_of(text, node["source"]);
  return spans;
}

std::string quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

}  // namespace

PresetText::PresetText(std::string text, parameters::Origin origin)
    : text_(std::move(text)),
      origin_(std::move(origin)),
      tree_(parameters::parse_yaml(text_, origin_)) {
  if (!tree_.is_map()) throw Error(tree_.origin.place(""), "a map", tree_.describe());
}

const parameters::ParameterTree* PresetText::find(const std::vector<std::string>& key) const {
  const parameters::ParameterTree* found = &tree_;
  for (const std::string& part : key) {
    if (!found->is_map()) return nullptr;
    found = found->find(part);
    if (found == nullptr) return nullptr;
  }
  return found;
}

double PresetText::number(const std::vector<std::string>& key, const ErrorPlace& where) const {
  const parameters::ParameterTree* found = find(key);
  if (found == nullptr)
    throw Error(where, "a key in the text of " + origin_.place("").file,
                "nothing (a base of the preset may have it)");
  std::string path;
  for (const std::string& part : key) path = parameters::join_path(path, part);
  char* end = nullptr;
  const double value = std::strtod(found->text.c_str(), &end);
  const bool is_number = found->is_scalar() && !found->quoted && end != found->text.c_str() &&
                         *end == '\0' && std::isfinite(value);
  if (!is_number) throw Error(found->origin.place(path), "a number", found->describe());
  return value;
}

const std::string& PresetText::source(const std::vector<std::string>& key) const {
  const parameters::ParameterTree* found = find(key);
  ENSURE(found != nullptr, origin_.name);
  return found->source;
}

void PresetText::replace(size_t begin, size_t end, std::string_view with) {
  text_.replace(begin, end - begin, with);
  tree_ = parameters::parse_yaml(text_, origin_);
}

void PresetText::set_number(const std::vector<std::string>& key, double value) {
  if (number(key, {}) == value) return;
  const Span span = find_spans(text_, key).value;
  replace(span.begin, span.end, number_text(value));
  ENSURE(number(key, {}) == value, origin_.name, number_text(value));
}

void PresetText::set_source(const std::vector<std::string>& key, const std::string& source) {
  if (this->source(key) == source) return;
  const ValueSpans spans = find_spans(text_, key);
  if (spans.source) {
    replace(spans.source->begin, spans.source->end, quoted(source));
  } else {
    const std::string value = text_.substr(spans.value.begin, spans.value.end - spans.value.begin);
    replace(spans.value.begin, spans.value.end,
            fmt::format("{{value: {}, source: {}}}", value, quoted(source)));
  }
  ENSURE(this->source(key) == source, origin_.name, source);
}

std::string number_text(double value) { return fmt::format("{}", value); }

}  // namespace wukong::calibration
