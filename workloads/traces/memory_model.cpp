#include "workloads/traces/memory_model.h"

#include "sim/base/check.h"
#include "sim/base/portable_math.h"

namespace wukong::traces {

Bytes memory_megabytes(double megabytes) { return Bytes::whole(megabytes * 1048576.0); }

void BurrMemory::visit(FieldVisitor& v) {
  v.about("The first exponent of F(x) = 1 - (1 + (x / scale)^c)^-k").field("c", c, {1e-3, 1e3});
  v.about("The second").field("k", k, {1e-3, 1e3});
  v.about("The scale").field("scale_mb", scale_mb, {1e-3, 1e6});
}

double BurrMemory::quantile(double probability) const {
  ENSURE(probability >= 0 && probability < 1, probability);
  if (probability == 0) return 0;
  const double inner = portable_exp(-portable_log(1 - probability) / k) - 1;
  return inner <= 0 ? 0 : scale_mb * portable_exp(portable_log(inner) / c);
}

}  // namespace wukong::traces
