// What a browser sees of the server, below "/_wukong/": one page that draws itself from the state,
// the state as JSON, and the functions' code, which GetFunction points to.
#pragma once

#include <optional>
#include <string>

#include "bench/serve/serve_setup.h"
#include "runtime/http/http_message.h"

namespace wukong::serving {
class Server;
}  // namespace wukong::serving

namespace wukong::serve {

// Nothing: there is no such page.
std::optional<http::Response> page_for(serving::Server& server, const ServeSetup& setup,
                                       const http::Request& request);

// The state of the server, for the page and for programs.
std::string state_document(serving::Server& server, const ServeSetup& setup);

extern const char* const kPageHtml;

}  // namespace wukong::serve
