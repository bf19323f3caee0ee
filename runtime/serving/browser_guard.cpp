#include "runtime/serving/browser_guard.h"

#include <string>

namespace wukong::serving {
namespace {

std::string_view without_port(std::string_view host) {
  const size_t bracket = host.rfind(']');
  const size_t colon = host.rfind(':');
  const bool has_port =
      colon != std::string_view::npos &&
      (bracket == std::string_view::npos ? host.find(':') == colon : colon > bracket);
  return has_port ? host.substr(0, colon) : host;
}

bool is_address_of_loopback(std::string_view host) {
  return host.substr(0, 4) == "127." && host.find_first_not_of("0123456789.") == host.npos;
}

}  // namespace

bool is_known_host(std::string_view host) {
  const std::string_view name = without_port(host);
  if (name == "localhost" || name.ends_with(".localhost")) return true;
  if (name == "[::1]" || is_address_of_loopback(name)) return true;
  return name.starts_with("lambda.") && name.ends_with(".amazonaws.com");
}

bool is_from_here(const http::Request& request) {
  const std::string_view host = request.header("Host");
  const std::string_view origin = request.header("Origin");
  if (!host.empty() && !is_known_host(host)) return false;
  return origin.empty() || origin == "http://" + std::string(host);
}

}  // namespace wukong::serving
