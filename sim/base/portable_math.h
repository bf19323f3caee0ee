// Natural logarithm and exponential from IEEE basic operations only, so that every compiler, C
// library and processor gives the same bits. (glibc picks other code on processors with fused
// multiply-add.) Relative error below 4e-16 for exp and 1e-15 for log.
#pragma once

namespace wukong {

// REQUIRES: x > 0, finite.
double portable_log(double x);
// Saturates to 0 and to the largest finite double.
double portable_exp(double x);

}  // namespace wukong
