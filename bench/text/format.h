// Quantities as people read them: three or four significant digits, a unit that fits, thousands
// separators. For terminals; documents for programs use json_text.h.
#pragma once

#include <cstdint>
#include <string>

#include "sim/base/bytes.h"
#include "sim/base/money.h"
#include "sim/base/time.h"

namespace wukong::text {

std::string format_time(double seconds);       // 12.3 ms, 4.56 s, 1,234 s
std::string format_bytes(double bytes);        // 512 B, 1.50 MB, 12.3 GB (powers of 1000)
std::string format_money(double usd);          // $0.00123, $12.34
std::string format_count(double count);        // 1,234,567; means keep one digit: 12.5
std::string format_whole(int64_t number);      // 1,234,567
std::string format_ratio(double ratio);        // 1.25x, 68.2x
std::string format_significant(double value);  // 0.0123, 4.56, 1,234

// Exact to the last digit of the integer that is behind it.
double seconds_of(Duration time);
double usd_of(Money money);

}  // namespace wukong::text
