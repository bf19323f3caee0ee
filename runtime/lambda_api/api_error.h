// What the Lambda API answers to a request that it does not fulfil: an exception of AWS's, with its
// name, status and words. Thrown by whoever finds out; the server's outermost handler makes the
// response.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include "runtime/http/http_message.h"

namespace wukong::lambda_api {

// How the body spells the message: the original has "Message" for a few exceptions.
enum class MessageKey { lower_case, upper_case };

class ApiError : public std::runtime_error {
 public:
  ApiError(int status, std::string type, const std::string& message,
           MessageKey key = MessageKey::lower_case)
      : std::runtime_error(message), status_(status), type_(std::move(type)), key_(key) {}

  // Of a 429: which limit it was. The client may try again after a second.
  ApiError& because(std::string reason) {
    reason_ = std::move(reason);
    return *this;
  }

  int status() const { return status_; }
  const std::string& type() const { return type_; }
  const std::string& reason() const { return reason_; }
  http::Response response() const;

 private:
  int status_;
  std::string type_;
  MessageKey key_;
  std::string reason_;
};

ApiError invalid_parameter(const std::string& message);                                  // 400
ApiError not_found(const std::string& message);                                          // 404
ApiError function_not_found(const std::string& arn);                                     // 404
ApiError conflict(const std::string& message, MessageKey key = MessageKey::lower_case);  // 409
ApiError stale_revision();                                                               // 412
// "1 validation error detected: ..."
ApiError failed_validation(const std::string& violations, size_t count);
ApiError unknown_operation(const std::string& method, const std::string& path);
ApiError throttled(const std::string& reason);

}  // namespace wukong::lambda_api
