#include "runtime/stores/redis_address.h"

#include <charconv>

#include "sim/base/error.h"

namespace wukong::stores {
namespace {

constexpr std::string_view kScheme = "redis://";

[[noreturn]] void refuse(const std::string& found) {
  throw Error(ErrorPlace{"", 0, "emulation.store"},
              "in-process, or addresses such as redis://127.0.0.1:6379", "\"" + found + "\"");
}

RedisAddress parse_address(const std::string& text) {
  if (!text.starts_with(kScheme)) refuse(text);
  const std::string rest = text.substr(kScheme.size());
  const size_t colon = rest.rfind(':');
  RedisAddress address;
  address.host = rest.substr(0, colon);
  if (colon != std::string::npos) {
    const char* const end = rest.data() + rest.size();
    const auto parsed = std::from_chars(rest.data() + colon + 1, end, address.port);
    if (parsed.ec != std::errc() || parsed.ptr != end) refuse(text);
  }
  if (address.host.empty() || address.port < 1 || address.port > 65535) refuse(text);
  return address;
}

}  // namespace

std::vector<RedisAddress> parse_redis_addresses(const std::string& store) {
  std::vector<RedisAddress> addresses;
  for (size_t begin = 0; begin <= store.size();) {
    const size_t end = std::min(store.find(',', begin), store.size());
    std::string part = store.substr(begin, end - begin);
    part.erase(0, part.find_first_not_of(' '));
    addresses.push_back(parse_address(part));
    begin = end + 1;
  }
  return addresses;
}

}  // namespace wukong::stores
