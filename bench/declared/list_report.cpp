#include "bench/declared/list_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "bench/text/json_text.h"
#include "bench/text/output_width.h"
#include "bench/text/table.h"
#include "bench/text/version.h"

namespace wukong::declared {
namespace {

namespace json = boost::json;
using Align = text::Table::Align;

std::string bounds_text(const ListedParameter& parameter) {
  if (parameter.declaration == nullptr) return "not declared";
  const Declaration& declared = *parameter.declaration;
  if (!declared.one_of.empty()) return fmt::format("{}", fmt::join(declared.one_of, ", "));
  return fmt::format("{} to {}", *declared.from, *declared.to);
}

std::string unit_text(const ListedParameter& parameter) {
  return parameter.declaration == nullptr ? "" : parameter.declaration->unit;
}

std::string source_text(const ListedParameter& parameter) {
  return parameter.declaration == nullptr ? "" : parameter.declaration->source;
}

std::string points_text(const ListedParameter& parameter) {
  if (parameter.points == 0) return "-";
  return fmt::format("{} of {} figure{}", parameter.points, parameter.figures.size(),
                     parameter.figures.size() == 1 ? "" : "s");
}

size_t count_outside(const ParameterList& list) {
  return static_cast<size_t>(std::count_if(list.parameters.begin(), list.parameters.end(),
                                           [](const auto& row) { return row.is_outside; }));
}

size_t count(const ParameterList& list, Status status) {
  size_t rows = 0;
  for (const ListedParameter& row : list.parameters)
    if (row.values.front().status == status) ++rows;
  for (const ListedChoice& row : list.choices)
    if (row.declaration != nullptr && row.declaration->status == status) ++rows;
  return rows;
}

std::string summary_text(const ParameterList& list) {
  return fmt::format("{} values: {} fitted, {} assumed, {} chosen; {} outside of their bounds",
                     list.parameters.size() + list.choices.size(), count(list, Status::fitted),
                     count(list, Status::assumed), count(list, Status::chosen),
                     count_outside(list));
}

std::string choices_text(const ParameterList& list) {
  text::Table table({Align::left, Align::left, Align::left, Align::prose, Align::prose});
  table.add_row({"set by figures' files", "value", "status", "figures", "why"});
  for (const ListedChoice& row : list.choices)
    table.add_row({row.values.front().key, row.values.front().text,
                   row.declaration == nullptr ? "not declared"
                                              : std::string(status_name(row.declaration->status)),
                   row.figures().size() > 6 ? fmt::format("{} figures", row.figures().size())
                                            : fmt::format("{}", fmt::join(row.figures(), ", ")),
                   row.declaration == nullptr ? "" : row.declaration->source});
  return table.to_text({.width = text::output_width()});
}

json::object parameter_object(const ListedParameter& row) {
  json::array places, figures, numbers, one_of;
  for (const PresetValue& value : row.values)
    places.push_back(
        json::object{{"preset", value.preset}, {"key", value.key}, {"provenance", value.source}});
  for (const std::string& figure : row.figures) figures.push_back(json::string(figure));
  const PresetValue& first = row.values.front();
  for (const double number : first.numbers) numbers.push_back(number);
  json::object object{{"places", std::move(places)},
                      {"value", first.text},
                      {"numbers", std::move(numbers)},
                      {"unit", unit_text(row)},
                      {"status", status_name(first.status)},
                      {"outside", row.is_outside},
                      {"points", row.points},
                      {"figures", std::move(figures)}};
  if (row.declaration == nullptr) return object;
  const Declaration& declared = *row.declaration;
  if (declared.from) object["from"] = *declared.from;
  if (declared.to) object["to"] = *declared.to;
  for (const std::string& value : declared.one_of) one_of.push_back(json::string(value));
  if (!one_of.empty()) object["one_of"] = std::move(one_of);
  object["bounds_source"] = declared.source;
  object["bounds_are_assumed"] = declared.is_judgement();
  return object;
}

json::object choice_object(const ListedChoice& row) {
  json::array places;
  for (const FigureValue& value : row.values)
    places.push_back(
        json::object{{"figure", value.figure}, {"series", value.series}, {"x", value.x}});
  const FigureValue& first = row.values.front();
  json::object object{{"places", std::move(places)}, {"key", first.key}, {"value", first.text}};
  if (row.declaration == nullptr) return object;
  object["status"] = status_name(row.declaration->status);
  object["source"] = row.declaration->source;
  return object;
}

std::string markdown_row(const ListedParameter& row) {
  return fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", row.name(), row.values.front().text,
                     unit_text(row), status_name(row.values.front().status), bounds_text(row),
                     points_text(row), source_text(row));
}

}  // namespace

std::string list_text(const ParameterList& list) {
  text::Table table({Align::left, Align::right, Align::left, Align::left, Align::left, Align::left,
                     Align::left, Align::prose});
  table.add_row({"preset and key", "value", "unit", "status", "bounds", "", "points",
                 "source of the bounds"});
  for (const ListedParameter& row : list.parameters)
    table.add_row({row.name(), row.values.front().text, unit_text(row),
                   std::string(status_name(row.values.front().status)), bounds_text(row),
                   row.is_outside ? "outside" : "", points_text(row), source_text(row)});
  std::string text = table.to_text({.width = text::output_width()}) + "\n" + choices_text(list) +
                     "\n" + summary_text(list) + "\n";
  for (const std::string& unused : list.unused) text += fmt::format("of no value: {}\n", unused);
  return text;
}

std::string list_document(const ParameterList& list) {
  json::array parameters, choices, unused;
  for (const ListedParameter& row : list.parameters) parameters.push_back(parameter_object(row));
  for (const ListedChoice& row : list.choices) choices.push_back(choice_object(row));
  for (const std::string& text : list.unused) unused.push_back(json::string(text));
  return text::to_json_text(json::object{{"schema", "wukong.parameters/1"},
                                         {"commit", text::program_commit()},
                                         {"parameters", std::move(parameters)},
                                         {"figures", std::move(choices)},
                                         {"declared_for_nothing", std::move(unused)}});
}

std::string list_markdown(const ParameterList& list) {
  constexpr const char* kHeading =
      "| preset and key | value | unit | status | bounds | points | source of the bounds |\n"
      "|---|---:|---|---|---|---|---|\n";
  std::string outside, inside;
  for (const ListedParameter& row : list.parameters)
    (row.is_outside ? outside : inside) += markdown_row(row);
  std::string text = summary_text(list) + ".\n";
  if (!outside.empty())
    text += "\nOutside of their bounds; each stands for a mechanism that the model lacks:\n\n" +
            std::string(kHeading) + outside;
  text += "\nWithin their bounds:\n\n" + std::string(kHeading) + inside;
  text +=
      "\nSet by figures' files, and not stated by the papers:\n\n"
      "| key | value | status | figures | why |\n|---|---|---|---|---|\n";
  for (const ListedChoice& row : list.choices)
    text += fmt::format(
        "| {} | {} | {} | {} | {} |\n", row.values.front().key, row.values.front().text,
        row.declaration == nullptr ? "not declared" : status_name(row.declaration->status),
        fmt::join(row.figures(), ", "), row.declaration == nullptr ? "" : row.declaration->source);
  return text;
}

}  // namespace wukong::declared
