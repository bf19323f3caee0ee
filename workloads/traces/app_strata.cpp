#include "workloads/traces/app_strata.h"

#include <algorithm>

#include "sim/base/check.h"
#include "sim/base/error.h"
#include "sim/base/random.h"

namespace wukong::traces {

std::vector<char> functions_of_sampled_apps(const FunctionTable& table, int64_t apps, uint64_t seed,
                                            const std::string& key) {
  ENSURE(apps > 0, apps);
  std::vector<double> per_day(table.app_count());
  for (const TraceFunction& function : table.functions())
    per_day[function.app.index()] += function.invocations_per_day;
  std::vector<size_t> order;
  for (size_t app = 0; app < per_day.size(); ++app)
    if (per_day[app] > 0) order.push_back(app);
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return per_day[a] != per_day[b] ? per_day[a] < per_day[b] : a < b;
  });
  const auto wanted = static_cast<size_t>(apps);
  if (order.size() < wanted)
    throw Error(ErrorPlace{"", 0, key},
                "at most as many as are invoked, " + std::to_string(order.size()),
                std::to_string(apps));
  RandomStream random(seed, "traces.apps");
  std::vector<char> chosen(table.app_count());
  for (size_t stratum = 0; stratum < wanted; ++stratum) {
    const size_t begin = stratum * order.size() / wanted;
    const size_t end = (stratum + 1) * order.size() / wanted;
    chosen[order[begin + random.below(end - begin)]] = 1;
  }
  std::vector<char> functions(table.function_count());
  for (size_t i = 0; i < functions.size(); ++i)
    functions[i] = chosen[table.functions()[i].app.index()];
  return functions;
}

}  // namespace wukong::traces
