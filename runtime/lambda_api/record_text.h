// A function's record as the text that is kept of it, and back.
#pragma once

#include <string>
#include <string_view>

#include "runtime/lambda_api/records.h"

namespace wukong::lambda_api {

std::string to_text(const Function& function);
// Throws std::runtime_error if it is no such text.
Function from_text(std::string_view text);

}  // namespace wukong::lambda_api
