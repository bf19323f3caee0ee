#include "scheduler/policy/retry_options.h"

#include "sim/base/fields.h"

namespace wukong::scheduler {

void RetryOptions::visit(FieldVisitor& v) {
  if (v.present("tries", tries != kWithoutEnd)) {
    if (tries == kWithoutEnd) tries = 1;
    v.field("tries", tries, kCount);
  } else {
    tries = kWithoutEnd;
  }
  v.duration("base_ms", base);
  v.duration("longest_ms", longest);
}

}  // namespace wukong::scheduler
