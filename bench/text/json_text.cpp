#include "bench/text/json_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <boost/json/basic_parser_impl.hpp>
#include <cmath>
#include <functional>
#include <set>
#include <vector>

#include "sim/base/check.h"
#include "sim/base/error.h"

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

namespace {

// Hears of every part of a document, and keeps the keys of the objects that are open.
struct KeyWatch {
  static constexpr size_t max_object_size = ~size_t{0};
  static constexpr size_t max_array_size = ~size_t{0};
  static constexpr size_t max_key_size = ~size_t{0};
  static constexpr size_t max_string_size = ~size_t{0};

  std::vector<std::set<std::string, std::less<>>> open = {};
  std::string key = {};
  bool repeated = false;

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_array_begin(json::error_code&) { return true; }
  bool on_array_end(size_t, json::error_code&) { return true; }
  bool on_object_begin(json::error_code&) { return open.emplace_back(), true; }
  bool on_object_end(size_t, json::error_code&) { return open.pop_back(), true; }
  bool on_string_part(json::string_view, size_t, json::error_code&) { return true; }
  bool on_string(json::string_view, size_t, json::error_code&) { return true; }
  bool on_key_part(json::string_view part, size_t, json::error_code&) {
    key += part;
    return true;
  }
  bool on_key(json::string_view part, size_t, json::error_code& error) {
    key += part;
    repeated = !open.back().insert(key).second;
    if (repeated) error = json::error::exception;  // any one: it ends the walk
    if (!repeated) key.clear();
    return !repeated;
  }
  bool on_number_part(json::string_view, json::error_code&) { return true; }
  bool on_int64(int64_t, json::string_view, json::error_code&) { return true; }
  bool on_uint64(uint64_t, json::string_view, json::error_code&) { return true; }
  bool on_double(double, json::string_view, json::error_code&) { return true; }
  bool on_bool(bool, json::error_code&) { return true; }
  bool on_null(json::error_code&) { return true; }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }
};

int line_of(std::string_view text, size_t offset) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size()));
  return 1 + static_cast<int>(std::count(text.begin(), end, '\n'));
}

}  // namespace

json::value parse_json(std::string_view text, const std::string& file) {
  json::basic_parser<KeyWatch> keys{json::parse_options{}};
  json::error_code error;
  const size_t read = keys.write_some(false, text.data(), text.size(), error);
  if (keys.handler().repeated)
    throw Error({file, line_of(text, read), keys.handler().key}, "each key of an object once",
                "this one a second time");
  if (error) throw Error({file, line_of(text, read), ""}, "not valid JSON: " + error.message());
  json::value document = json::parse(text, error);  // what follows a document is an error, too
  if (error) throw Error({file, line_of(text, read), ""}, "not valid JSON: " + error.message());
  return document;
}

}  // namespace wukong::text
