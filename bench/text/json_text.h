// JSON documents as text, the same bytes on every machine: keys in the order of insertion, two
// spaces of indentation, numbers in the shortest form that reads back as the same double.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

namespace wukong::text {

// Ends with a newline. A list of plain values, or an object of a few of them, takes one line.
// REQUIRES: all numbers are finite.
std::string to_json_text(const boost::json::value& document);

// Of one document that is the whole text. Throws Error, placed in `file`, if it is none, or if an
// object has a key twice: readers differ in which of the values they take.
boost::json::value parse_json(std::string_view text, const std::string& file);

}  // namespace wukong::text
