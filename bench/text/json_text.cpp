#include "bench/text/json_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

#include "sim/base/check.h"

namespace wukong::text {
namespace {

namespace json = boost::json;

constexpr size_t kInlineKeys = 4;

bool plain(const json::value& value) { return !value.is_object() && !value.is_array(); }

bool on_one_line(const json::value& value) {
  if (const json::array* array = value.if_array())
    return std::all_of(array->begin(), array->end(), plain);
  const json::object& object = value.get_object();
  return object.size() <= kInlineKeys &&
         std::all_of(object.begin(), object.end(),
                     [](const json::key_value_pair& pair) { return plain(pair.value()); });
}

// A double always looks like one, so that a reader finds the same type in each document.
std::string number_text(double number) {
  ENSURE(std::isfinite(number), number);
  std::string text = fmt::format("{}", number);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

class Writer {
 public:
  std::string take() && { return std::move(text_); }

  void write(const json::value& value, size_t indent) {
    if (value.is_double())
      text_ += number_text(value.get_double());
    else if (plain(value))
      text_ += json::serialize(value);
    else if (const json::array* array = value.if_array())
      write_items(*array, '[', ']', on_one_line(value), indent,
                  [&](const json::value& item) { write(item, indent + 1); });
    else
      write_items(value.get_object(), '{', '}', on_one_line(value), indent,
                  [&](const json::key_value_pair& pair) {
                    text_ += json::serialize(json::value(pair.key())) + ": ";
                    write(pair.value(), indent + 1);
                  });
  }

 private:
  template <class Container, class WriteItem>
  void write_items(const Container& items, char open, char close, bool one_line, size_t indent,
                   WriteItem write_item) {
    text_ += open;
    bool first = true;
    for (const auto& item : items) {
      if (!first) text_ += one_line ? ", " : ",";
      if (!one_line) text_.append("\n").append(2 * (indent + 1), ' ');
      write_item(item);
      first = false;
    }
    if (!one_line && !first) text_.append("\n").append(2 * indent, ' ');
    text_ += close;
  }

  std::string text_;
};

}  // namespace

std::string to_json_text(const json::value& document) {
  Writer writer;
  writer.write(document, 0);
  return std::move(writer).take() + "\n";
}

}  // namespace wukong::text
