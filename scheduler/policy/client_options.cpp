#include "scheduler/policy/client_options.h"

#include "sim/base/fields.h"

namespace wukong::scheduler {

void ClientOptions::visit(FieldVisitor& v) {
  v.field("machine", machine);
  v.bandwidth("unpickle_mb_per_s", unpickle);
}

}  // namespace wukong::scheduler
