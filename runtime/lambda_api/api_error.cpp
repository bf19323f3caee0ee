#include "runtime/lambda_api/api_error.h"

#include <boost/json.hpp>

namespace wukong::lambda_api {

http::Response ApiError::response() const {
  boost::json::object body;
  if (!reason_.empty()) body["Reason"] = reason_;
  body["Type"] = status_ < 500 ? "User" : "Service";
  body[key_ == MessageKey::upper_case ? "Message" : "message"] = what();
  http::Response response{
      .status = status_,
      .headers = {{"Content-Type", "application/json"}, {"x-amzn-ErrorType", type_}},
      .body = boost::json::serialize(body)};
  if (status_ == 429) response.headers.emplace_back("Retry-After", "1");
  return response;
}

ApiError invalid_parameter(const std::string& message) {
  return {400, "InvalidParameterValueException", message};
}

ApiError not_found(const std::string& message) {
  return {404, "ResourceNotFoundException", message, MessageKey::upper_case};
}

ApiError function_not_found(const std::string& arn) {
  return not_found("Function not found: " + arn);
}

ApiError conflict(const std::string& message, MessageKey key) {
  return {409, "ResourceConflictException", message, key};
}

ApiError stale_revision() {
  return {412, "PreconditionFailedException",
          "The Revision Id provided does not match the latest Revision Id. Call the "
          "GetFunction/GetAlias API to retrieve the latest Revision Id",
          MessageKey::lower_case};
}

ApiError failed_validation(const std::string& violations, size_t count) {
  return {400, "ValidationException",
          std::to_string(count) + " validation error" + (count == 1 ? "" : "s") +
              " detected: " + violations};
}

ApiError unknown_operation(const std::string& method, const std::string& path) {
  return {404, "UnknownOperationException",
          "no operation of the Lambda API that this server has: " + method + " " + path};
}

ApiError throttled(const std::string& reason) {
  ApiError error(429, "TooManyRequestsException", "Rate Exceeded.");
  return error.because(reason);
}

}  // namespace wukong::lambda_api
