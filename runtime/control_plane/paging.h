// One page of a list: from the marker on, as many as were asked for and a page has.
#pragma once

#include <algorithm>
#include <boost/json.hpp>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "runtime/lambda_api/api_error.h"
#include "runtime/lambda_api/members.h"
#include "runtime/lambda_api/route.h"
#include "runtime/lambda_api/text_codes.h"

namespace wukong::control_plane {

struct ListEntry {
  std::string key;
  boost::json::object document;
};

// Entries in their order, whose keys differ. A marker is the key of the first entry of the next
// page, in base64, so that nobody takes it for something to be made up.
inline boost::json::object page_of(const lambda_api::Route& route, const char* name,
                                   std::vector<ListEntry> entries, size_t most_of_page) {
  const std::string asked = route.parameter("MaxItems");
  size_t most = most_of_page;
  if (!asked.empty()) {
    const bool is_number = asked.size() < 10 && asked.find_first_not_of("0123456789") == asked.npos;
    lambda_api::Violations violations;
    violations.check_range("maxItems", is_number ? std::stoll(asked) : 0, 1, 10000);
    violations.throw_if_any();
    most = std::min(most, static_cast<size_t>(std::stoll(asked)));
  }
  size_t first = 0;
  const std::string marker = route.parameter("Marker");
  if (!marker.empty()) {
    const auto key = lambda_api::from_base64(marker);
    if (!key) throw lambda_api::invalid_parameter("Invalid value for marker: " + marker);
    while (first < entries.size() && entries[first].key < *key) ++first;
  }
  const size_t end = std::min(entries.size(), first + most);
  boost::json::array list;
  for (size_t i = first; i < end; ++i) list.emplace_back(std::move(entries[i].document));
  boost::json::object page;
  if (end < entries.size()) page["NextMarker"] = lambda_api::base64(entries[end].key);
  page[name] = std::move(list);
  return page;
}

}  // namespace wukong::control_plane
