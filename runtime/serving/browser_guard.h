// Whoever may speak to the server may run programs. On a loopback address that is this machine's
// user; but also any web page that the user looks at, if the server took its requests: a browser
// sends them, from there. It says so in `Origin`; or the page's own name means 127.0.0.1 (DNS
// rebinding), and stands in `Host`.
#pragma once

#include <string_view>

#include "runtime/http/http_message.h"

namespace wukong::serving {

// A request that no page of another server can have made.
bool is_from_here(const http::Request& request);

// A loopback address or a name of it, with any port, or the name of AWS's endpoint, which a client
// may have been led here by.
bool is_known_host(std::string_view host);

}  // namespace wukong::serving
