#include "runtime/redis/redis_address.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

#include "sim/base/error.h"
#include "sim/base/secrets.h"

namespace wukong::redis {
namespace {

constexpr std::string_view kTcp = "redis://";
constexpr std::string_view kTls = "rediss://";
constexpr std::string_view kUnix = "unix://";
constexpr int kMostDatabases = 1 << 20;  // an assumption: more than any server is set up with

[[noreturn]] void refuse(const std::string& found) {
  std::string shown = without_secrets(found);
  const size_t at = shown.rfind('@');
  if (at != std::string::npos && shown.find("://") == std::string::npos)
    shown = "***" + shown.substr(at);
  throw Error(ErrorPlace{"", 0, "emulation.store"},
              "in-process, or addresses such as redis://127.0.0.1:6379", "\"" + shown + "\"");
}

std::optional<int> number_in(std::string_view text, int least, int most) {
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number);
  if (parsed.ec != std::errc() || parsed.ptr != end || number < least || number > most)
    return std::nullopt;
  return number;
}

// With each %XX as the byte that it stands for.
std::string decoded(std::string_view text) {
  std::string plain;
  for (size_t i = 0; i < text.size(); ++i) {
    unsigned byte = 0;
    const char* const digits = text.data() + i + 1;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
      plain += static_cast<char>(byte);
      i += 2;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

// Takes user and password off the front of what follows the scheme. A password may have an @.
void take_user(std::string_view& rest, RedisAddress& address) {
  const size_t at = rest.rfind('@');
  if (at == std::string_view::npos || rest.starts_with('/')) return;
  const std::string_view info = rest.substr(0, at);
  const size_t colon = info.find(':');
  address.user = decoded(info.substr(0, colon));
  if (colon != std::string_view::npos) address.password = decoded(info.substr(colon + 1));
  rest.remove_prefix(at + 1);
}

// HOST[:PORT] or [IPV6][:PORT]; whether it is one.
bool read_host(std::string_view text, RedisAddress& address) {
  std::string_view port;
  if (text.starts_with('[')) {
    const size_t close = text.find(']');
    if (close == std::string_view::npos) return false;
    address.host = text.substr(1, close - 1);
    port = text.substr(close + 1);
  } else {
    const size_t colon = text.find(':');
    address.host = text.substr(0, colon);
    if (colon != std::string_view::npos) port = text.substr(colon);
  }
  if (address.host.empty()) return false;
  if (port.empty()) return true;
  const std::optional<int> number =
      port.starts_with(':') ? number_in(port.substr(1), 1, 65535) : std::nullopt;
  address.port = number.value_or(0);
  return number.has_value();
}

// Whether `text` is a database's number, or nothing.
bool read_database(std::string_view text, RedisAddress& address) {
  if (text.empty()) return true;
  const std::optional<int> number = number_in(text, 0, kMostDatabases);
  address.database = number.value_or(0);
  return number.has_value();
}

bool read_tcp(std::string_view rest, RedisAddress& address) {
  take_user(rest, address);
  const size_t slash = rest.find('/');
  const std::string_view database =
      slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
  return read_host(rest.substr(0, slash), address) && read_database(database, address);
}

bool read_unix(std::string_view rest, RedisAddress& address) {
  take_user(rest, address);
  constexpr std::string_view kDatabase = "?db=";
  const size_t query = rest.find('?');
  address.socket = rest.substr(0, query);
  if (!address.socket.starts_with('/') || address.socket.size() == 1) return false;
  if (query == std::string_view::npos) return true;
  const std::string_view asked = rest.substr(query);
  return asked.starts_with(kDatabase) && asked.size() > kDatabase.size() &&
         read_database(asked.substr(kDatabase.size()), address);
}

RedisAddress parse_address(const std::string& text) {
  RedisAddress address;
  const std::string_view view = text;
  if (view.starts_with(kTls))
    throw Error(ErrorPlace{"", 0, "emulation.store"},
                "TLS is not supported (\"" + without_secrets(text) +
                    "\"): the program's hiredis has none; a tunnel such as stunnel has");
  const bool good = (view.starts_with(kTcp) && read_tcp(view.substr(kTcp.size()), address)) ||
                    (view.starts_with(kUnix) && read_unix(view.substr(kUnix.size()), address));
  if (!good) refuse(text);
  return address;
}

}  // namespace

std::string RedisAddress::text() const {
  const bool ipv6 = host.find(':') != std::string::npos;
  std::string text = socket;
  if (socket.empty()) text = (ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
  if (database != 0) text += " (database " + std::to_string(database) + ")";
  return text;
}

std::vector<std::vector<std::string>> RedisAddress::greeting() const {
  std::vector<std::vector<std::string>> commands;
  if (!user.empty())
    commands.push_back({"AUTH", user, password});
  else if (!password.empty())
    commands.push_back({"AUTH", password});
  if (database != 0) commands.push_back({"SELECT", std::to_string(database)});
  return commands;
}

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

}  // namespace wukong::redis
