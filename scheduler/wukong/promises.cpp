#include "scheduler/wukong/wukong.h"

namespace wukong::scheduler {

// Executors that run again find what they stored, and invoke again what they had invoked; only a
// fan-in's counter tells whether that has an effect twice. An integer counts an arrival again, so
// that the fan-in fires too early or never (the released code); a bit for each predecessor does
// not. An executor that Lambda has given up takes what it would have invoked with it.
Promises promises_of_wukong(const Options& options) {
  Mishaps harmless = Mishaps::all().without({Mishap::data_lost});
  if (!dynamic_cast<const WukongOptions&>(options).bit_counters)
    harmless = harmless.without({Mishap::function_failed, Mishap::invocation_doubled,
                                 Mishap::counter_reply_lost, Mishap::message_doubled});
  return {.in_order_through = harmless,
          .completes_through = harmless.without({Mishap::invocation_given_up})};
}

}  // namespace wukong::scheduler
