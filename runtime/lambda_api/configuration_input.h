// What CreateFunction and UpdateFunctionConfiguration say of a function, checked as the original
// checks it.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>

#include "runtime/lambda_api/limits.h"
#include "runtime/lambda_api/records.h"

namespace wukong::lambda_api {

enum class Request { create, update };

// `before` with what the request sets. Throws ApiError.
Configuration configured(const boost::json::object& body, const Limits& limits, Request request,
                         Configuration before);

// "python3.x", "nodejsN.x", "provided...": what this server can run.
bool can_run(const std::string& runtime);

}  // namespace wukong::lambda_api
