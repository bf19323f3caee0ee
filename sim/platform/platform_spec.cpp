#include "sim/platform/platform_spec.h"

#include "sim/base/fields.h"

namespace wukong::platform {

void PlatformSpec::visit(FieldVisitor& v) {
  v.group("functions", functions);
  v.group("network", network);
  v.group("compute", compute);
  v.group("redis", redis);
  v.group("s3", s3);
  v.group("queue", queue);
  v.table("machines", machines);
  for (auto& [name, type] : machines) type.name = name;
}

}  // namespace wukong::platform
