// A JSON file to read strictly: every complaint is an Error with the file, the line and the path of
// the value, e.g. `montage.json:120: workflow.specification.tasks[7].parents[0]: expected ...`.
// A JsonValue is a view into its document. Unknown members are not complained about.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/fields.h"

namespace boost {
namespace json {
class value;
}
}  // namespace boost

namespace wukong::wfformat {

class JsonDocument;

class JsonValue {
 public:
  // A member of an object that must be there.
  JsonValue at(std::string_view key) const;
  // Nothing if there is no such member, or if it is null.
  std::optional<JsonValue> find(std::string_view key) const;
  std::vector<JsonValue> items() const;
  std::string text() const;
  double number(Bounds bounds) const;
  int64_t integer(Bounds bounds) const;

  const std::string& path() const { return path_; }
  [[noreturn]] void fail(const std::string& expected, const std::string& found) const;
  // fail() with a description of this value as what was found.
  [[noreturn]] void fail(const std::string& expected) const;

 private:
  friend class JsonDocument;
  JsonValue(const JsonDocument& document, const boost::json::value& value, std::string path)
      : document_(&document), value_(&value), path_(std::move(path)) {}

  const JsonDocument* document_;
  const boost::json::value* value_;
  std::string path_;
};

class JsonDocument {
 public:
  // Throws Error if `text` is not one complete JSON value. `file` is its name in messages.
  JsonDocument(std::string file, std::string text);
  JsonDocument(const JsonDocument&) = delete;
  JsonDocument& operator=(const JsonDocument&) = delete;
  ~JsonDocument();

  JsonValue root() const;
  [[noreturn]] void fail(const std::string& path, const std::string& expected,
                         const std::string& found) const;

 private:
  std::string file_;
  std::string text_;
  std::unique_ptr<boost::json::value> root_;
};

}  // namespace wukong::wfformat
