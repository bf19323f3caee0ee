// Natural logarithm and exponential from IEEE basic operations only, so that every compiler, C
// library and processor gives the same bits. (glibc picks other code on processors with fused
// multiply-add.) Relative error below 4e-16 for exp and 1e-15 for log.
#pragma once

namespace wukong {

// REQUIRES: x > 0, finite.
double portable_log(double x);
// Below -708 it is 0 and above 709 the largest finite double. REQUIRES: x is not a NaN.
double portable_exp(double x);

}  // namespace wukong
