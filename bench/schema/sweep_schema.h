// What a sweep and a suite have beside an experiment, as JSON Schema.
#pragma once

#include <boost/json/object.hpp>

namespace wukong::schema {

// A range in the place of a value: {from: 1, to: 8, powers_of: 2}.
boost::json::object range_schema();
// The sections of a sweep, into the schema of an experiment.
void add_sweep(boost::json::object& experiment);
boost::json::object check_schema();

}  // namespace wukong::schema
