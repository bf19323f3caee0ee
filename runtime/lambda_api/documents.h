// The API's documents: what it says of a function, a version, an alias and so on.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string>

#include "runtime/lambda_api/limits.h"
#include "runtime/lambda_api/records.h"

namespace wukong::lambda_api {

// Where a version is on its way: as clients wait for it.
bool is_pending(const Version& version, int64_t now_ms);
bool is_updating(const Version& version, int64_t now_ms);

// What a FunctionConfiguration tells of the states; lists do not tell them.
enum class States { told, left_out };
boost::json::object configuration_document(const Limits& limits, const Function& function,
                                           const Version& version, int64_t now_ms, States states);
boost::json::object function_document(const Limits& limits, const Function& function,
                                      const Version& version, int64_t now_ms);
boost::json::object alias_document(const Limits& limits, const Function& function,
                                   const Alias& alias);
boost::json::object event_config_document(const Limits& limits, const Function& function,
                                          const std::string& qualifier, const EventConfig& config);
boost::json::object url_document(const Limits& limits, const Function& function,
                                 const std::string& qualifier, const UrlConfig& config);
boost::json::object provisioned_document(const Provisioned& provisioned, int64_t ready);
boost::json::object account_document(const Limits& limits, const Functions& functions);

// Of the account's concurrency: what functions have reserved, or provisioned without a reservation.
int64_t own_concurrency(const Function& function);
int64_t unreserved_concurrency(const Limits& limits, const Functions& functions);

}  // namespace wukong::lambda_api
