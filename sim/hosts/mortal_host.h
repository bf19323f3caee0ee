// A host that may die with all that it holds, and what is called then. A policy registers the hosts
// whose death it can cope with (Platform::add_mortal); only an injected fault kills one.
#pragma once

#include "sim/base/ids.h"
#include "sim/base/inline_function.h"

namespace wukong::hosts {

struct MortalHost {
  HostId host;
  InlineFunction<void(), 16> dies;
};

}  // namespace wukong::hosts
