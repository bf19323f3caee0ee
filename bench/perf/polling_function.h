// A function as small as one can be: this program itself, when it is started as an environment's
// `bootstrap`. It polls the Runtime API, and answers each event with itself.
#pragma once

namespace wukong::perf {

bool is_started_as_function();
// Returns when there is no Runtime API any more.
void poll_as_function();

}  // namespace wukong::perf
