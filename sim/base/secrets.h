// Addresses with a user and a password in them, as people may see them: on the screen, in messages
// and in results.
#pragma once

#include <string>
#include <string_view>

namespace wukong {

// `text` without the secrets of the addresses in it: "redis://:abc@host" becomes
// "redis://***@host". What may be a secret is one: everything before the last @ of an address, and
// what stands in the place of a port and is no number (the @ was forgotten).
inline std::string without_secrets(std::string_view text) {
  constexpr std::string_view kScheme = "://";
  constexpr std::string_view kHidden = "***";
  std::string shown;
  size_t end = text.find(kScheme);
  if (end == std::string_view::npos) return std::string(text);
  shown += text.substr(0, end);
  while (end != std::string_view::npos) {
    const size_t begin = end + kScheme.size();
    end = text.find(kScheme, begin);
    std::string_view rest = text.substr(begin, end == std::string_view::npos ? end : end - begin);
    shown += kScheme;
    if (const size_t at = rest.rfind('@'); at != std::string_view::npos) {
      shown += kHidden;
      rest.remove_prefix(at);
    }
    const std::string_view host = rest.substr(0, rest.find_first_of("/?, '\"}]\n"));
    const size_t colon = host.rfind(':');
    const bool is_port = colon == std::string_view::npos || rest.starts_with('[') ||
                         rest.starts_with("@[") ||
                         host.find_first_not_of("0123456789", colon + 1) == std::string_view::npos;
    if (is_port) {
      shown += rest;
    } else {
      shown += rest.substr(0, colon + 1);
      shown += kHidden;
      shown += rest.substr(host.size());
    }
  }
  return shown;
}

}  // namespace wukong
