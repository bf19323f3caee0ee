// A host that may die with all that it holds, and what is called then. A policy registers the hosts
// whose death it can cope with (Platform::add_mortal); only an injected fault kills one.
#pragma once

#include "sim/base/inline_function.h"
#include "sim/platform/ids.h"

namespace wukong::sim {

struct MortalHost {
  HostId host;
  InlineFunction<void(), 16> dies;
};

}  // namespace wukong::sim
