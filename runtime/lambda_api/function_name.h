// How requests name a function: a name, "name:qualifier", or an ARN, whole or in part.
#pragma once

#include <string>
#include <string_view>

namespace wukong::lambda_api {

// What stands before the name in an ARN.
struct Owner {
  std::string region = "us-east-1";
  std::string account = "000000000000";
};

inline constexpr std::string_view kLatest = "$LATEST";

struct FunctionName {
  std::string name;
  std::string qualifier;  // a version, an alias; empty: none was given
};

// Of a request's path, decoded, and its parameter `Qualifier`. Throws ApiError if it is no name, of
// another account or region, or has two qualifiers that differ.
FunctionName parse_function_name(const Owner& owner, std::string_view text,
                                 std::string_view qualifier = {});

std::string function_arn(const Owner& owner, std::string_view name,
                         std::string_view qualifier = {});

bool is_version_number(std::string_view qualifier);
bool is_alias_name(std::string_view text);

}  // namespace wukong::lambda_api
