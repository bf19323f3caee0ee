// What a served session gave: the result document, as an emulation's, and a report for people.
#pragma once

#include <cstddef>
#include <string>

#include "bench/run/run_result.h"
#include "bench/serve/serve_setup.h"

namespace wukong::serving {
class Server;
}  // namespace wukong::serving

namespace wukong::serve {

// REQUIRES: the server has run.
run::RunResult result_of(serving::Server& server, const ServeSetup& setup);

std::string document_of(const run::RunResult& result, const ServeSetup& setup);
// Functions, what they did, and the bill.
std::string session_report(serving::Server& server, const run::RunResult& result, size_t width);

// "12 s  functions 3  running 4  environments 8  cold starts 8  429s 0  errors 1  $0.00012"
std::string activity_line(serving::Server& server);

}  // namespace wukong::serve
