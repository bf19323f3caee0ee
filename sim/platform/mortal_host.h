// A host that may die with all that it holds, and who is told. Policies whose workers survive that
// register them (Platform::add_mortal); only an injected fault kills one.
#pragma once

#include "sim/base/inline_function.h"
#include "sim/platform/ids.h"

namespace wukong::sim {

struct MortalHost {
  HostId host;
  InlineFunction<void(), 16> dies;
};

}  // namespace wukong::sim
