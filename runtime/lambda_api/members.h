// The members of a request's JSON body, of the types that the API has for them. A member that is
// missing or null is absent; those that the API does not know are ignored, as by the original.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wukong::lambda_api {

// Of a control request: an object, or nothing, which is an empty one. Throws ApiError.
boost::json::object parse_body(std::string_view body);
bool is_json(std::string_view text);

// All throw ApiError (SerializationException) if the member has another type.
class Members {
 public:
  // The object outlives it.
  explicit Members(const boost::json::object& object) : object_(object) {}

  bool has(std::string_view name) const { return find(name) != nullptr; }
  std::optional<std::string> text(std::string_view name) const;
  std::optional<int64_t> integer(std::string_view name) const;
  std::optional<bool> flag(std::string_view name) const;
  // Null: absent.
  const boost::json::object* object(std::string_view name) const;
  std::optional<std::vector<std::string>> texts(std::string_view name) const;
  std::optional<std::map<std::string, std::string>> text_map(std::string_view name) const;
  std::optional<std::map<std::string, double>> number_map(std::string_view name) const;

 private:
  const boost::json::value* find(std::string_view name) const;

  const boost::json::object& object_;
};

// What is wrong with a request's values, as the original lists it, all at once.
class Violations {
 public:
  // E.g. ("timeout", "901", "have value less than or equal to 900").
  void add(std::string_view member, std::string_view value, const std::string& constraint);
  void check_range(std::string_view member, std::optional<int64_t> value, int64_t least,
                   int64_t most);
  void check_length(std::string_view member, const std::optional<std::string>& value, size_t most);
  void check_enum(std::string_view member, const std::optional<std::string>& value,
                  const std::vector<std::string>& values);
  void throw_if_any() const;

 private:
  std::string text_;
  size_t count_ = 0;
};

}  // namespace wukong::lambda_api
