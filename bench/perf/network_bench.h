// Cost of transfers in the network model.
#pragma once

namespace wukong::bench {

// Prints one line a case.
void network_benchmarks();

}  // namespace wukong::bench
