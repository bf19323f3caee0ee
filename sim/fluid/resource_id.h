// What a resource is called (resource.h).
#pragma once

#include "sim/base/id.h"

namespace wukong::fluid {

using ResourceId = Id<struct ResourceTag>;

}  // namespace wukong::fluid
