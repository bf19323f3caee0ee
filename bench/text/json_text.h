// JSON documents as text, the same bytes on every machine: keys in the order of insertion, two
// spaces of indentation, numbers in the shortest form that reads back as the same double.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>

namespace wukong::text {

// Ends with a newline. A list of plain values, or an object of a few of them, takes one line.
// REQUIRES: all numbers are finite.
std::string to_json_text(const boost::json::value& document);

}  // namespace wukong::text
