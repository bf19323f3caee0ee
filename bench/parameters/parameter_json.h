// A parameter's value as a JSON value, for every document that lists effective parameters.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <variant>
#include <vector>

#include "bench/parameters/effective_parameter.h"

namespace wukong::parameters {

struct ParameterToJson {
  boost::json::value operator()(None) const { return nullptr; }
  boost::json::value operator()(const std::string& value) const {
    return boost::json::value(value);
  }
  boost::json::value operator()(const std::vector<double>& values) const {
    return boost::json::array(values.begin(), values.end());
  }
  template <class Scalar>
  boost::json::value operator()(Scalar value) const {
    return value;
  }
};

inline boost::json::value to_json(const ParameterValue& value) {
  return std::visit(ParameterToJson{}, value);
}

}  // namespace wukong::parameters
