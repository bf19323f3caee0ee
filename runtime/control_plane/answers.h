// Responses of control operations.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "runtime/http/http_message.h"

namespace wukong::control_plane {

inline http::Response json_answer(int status, const boost::json::value& document) {
  return {.status = status,
          .headers = {{"Content-Type", "application/json"}},
          .body = boost::json::serialize(document)};
}

inline http::Response empty_answer(int status) {
  return {.status = status, .headers = {}, .body = {}};
}

}  // namespace wukong::control_plane
