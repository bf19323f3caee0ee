#include "workloads/wfformat/json_document.h"

#include <boost/json.hpp>
#include <cmath>

#include "sim/base/check.h"
#include "sim/base/error.h"
#include "workloads/wfformat/json_position.h"

namespace wukong::wfformat {
namespace {

namespace json = boost::json;

constexpr const char* kSpace = " \t\r\n";
// What some editors write before a text, in UTF-8 and in UTF-16.
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16Marks[] = {"\xFF\xFE", "\xFE\xFF"};

std::string shortened(std::string text) {
  constexpr size_t kMost = 60;
  if (text.size() > kMost) text = text.substr(0, kMost) + "...";
  return text;
}

std::string description(const json::value& value) {
  if (value.is_null()) return "null";
  if (value.is_object()) return "a map";
  if (value.is_array()) return "a list";
  return shortened(json::serialize(value));
}

std::string count_text(double value) {
  if (value == std::floor(value) && std::abs(value) < 1e18)
    return std::to_string(static_cast<int64_t>(value));
  return std::to_string(value);
}

std::string in_words(Bounds bounds) {
  return "from " + count_text(bounds.least) + " to " + count_text(bounds.most);
}

std::string rest_of_line(std::string_view text, size_t offset) {
  const std::string_view rest = text.substr(std::min(offset, text.size()));
  return shortened(std::string(rest.substr(0, rest.find_first_of("\r\n"))));
}

}  // namespace

JsonDocument::JsonDocument(std::string file, std::string text)
    : file_(std::move(file)), text_(std::move(text)) {
  if (text_.starts_with(kUtf8Mark)) text_.replace(0, kUtf8Mark.size(), kUtf8Mark.size(), ' ');
  for (const std::string_view mark : kUtf16Marks)
    if (text_.starts_with(mark)) throw Error(ErrorPlace{file_, 1, ""}, "UTF-8", "UTF-16");
  if (text_.find_first_not_of(kSpace) == std::string::npos)
    throw Error(ErrorPlace{file_, 0, ""}, "a JSON document", "an empty file");
  json::parser parser;
  json::error_code error;
  const size_t consumed = parser.write_some(text_.data(), text_.size(), error);
  if (error == json::error::incomplete)
    throw Error(ErrorPlace{file_, line_at(text_, text_.find_last_not_of(kSpace)), ""},
                "the rest of the JSON document", "the end of the file");
  if (error)
    throw Error(ErrorPlace{file_, line_at(text_, consumed), ""}, "JSON",
                error.message() + " at \"" + rest_of_line(text_, consumed) + "\"");
  const size_t rest = text_.find_first_not_of(kSpace, consumed);
  if (rest != std::string::npos)
    throw Error(ErrorPlace{file_, line_at(text_, rest), ""}, "the end of the file",
                "\"" + rest_of_line(text_, rest) + "\"");
  if (const auto repeated = duplicate_key_offset(text_))
    throw Error(
        ErrorPlace{file_, line_at(text_, *repeated), ""}, "each key of an object once",
        text_.substr(*repeated, text_.find('"', *repeated + 1) + 1 - *repeated) + " a second time");
  root_ = std::make_unique<json::value>(parser.release());
}

JsonDocument::~JsonDocument() = default;

JsonValue JsonDocument::root() const { return JsonValue(*this, *root_, ""); }

void JsonDocument::fail(const std::string& path, const std::string& expected,
                        const std::string& found) const {
  const std::optional<size_t> offset = json_offset(text_, path);
  throw Error(ErrorPlace{file_, offset ? line_at(text_, *offset) : 0, path}, expected, found);
}

void JsonValue::fail(const std::string& expected, const std::string& found) const {
  document_->fail(path_, expected, found);
}

void JsonValue::fail(const std::string& expected) const { fail(expected, description(*value_)); }

JsonValue JsonValue::at(std::string_view key) const {
  if (std::optional<JsonValue> member = find(key)) return *std::move(member);
  fail("a member \"" + std::string(key) + "\"", "none");
}

std::optional<JsonValue> JsonValue::find(std::string_view key) const {
  const json::object* object = value_->if_object();
  if (object == nullptr) fail("a map");
  const json::value* member = object->if_contains(json::string_view(key.data(), key.size()));
  if (member == nullptr || member->is_null()) return std::nullopt;
  return JsonValue(*document_, *member,
                   path_.empty() ? std::string(key) : path_ + "." + std::string(key));
}

std::vector<JsonValue> JsonValue::items() const {
  const json::array* array = value_->if_array();
  if (array == nullptr) fail("a list");
  std::vector<JsonValue> items;
  items.reserve(array->size());
  for (const json::value& item : *array)
    items.push_back(JsonValue(*document_, item, path_ + "[" + std::to_string(items.size()) + "]"));
  return items;
}

std::string JsonValue::text() const {
  const json::string* text = value_->if_string();
  if (text == nullptr) fail("a text");
  return std::string(text->data(), text->size());
}

double JsonValue::number(Bounds bounds) const {
  json::error_code error;
  const auto value = value_->to_number<double>(error);
  // Written so that a NaN, which JSON has not, would fail as well.
  if (error || !(value >= bounds.least && value <= bounds.most))
    fail("a number " + in_words(bounds));
  return value;
}

int64_t JsonValue::integer(Bounds bounds) const {
  ENSURE(std::abs(bounds.least) < 9e18 && std::abs(bounds.most) < 9e18, bounds.most);
  json::error_code error;
  const auto value = value_->to_number<double>(error);
  if (error || !(value >= bounds.least && value <= bounds.most) || value != std::floor(value))
    fail("a whole number " + in_words(bounds));
  return value_->is_int64() ? value_->get_int64() : static_cast<int64_t>(value);
}

}  // namespace wukong::wfformat
