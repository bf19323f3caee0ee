#include "sim/platform/link_fields.h"

namespace wukong::sim {

void visit_link(FieldVisitor& v, LinkSpec& link, const LinkKeys& keys) {
  v.bandwidth(keys.rate, link.rate);
  if (!v.present(keys.burst, link.burst.has_value())) {
    link.burst.reset();
    return;
  }
  if (!link.burst) link.burst.emplace();
  v.begin(keys.burst);
  v.bytes(keys.allowance, *link.burst, kPositive);
  v.bandwidth(keys.burst_rate, link.burst_rate, link.rate);
  v.end();
}

}  // namespace wukong::sim
