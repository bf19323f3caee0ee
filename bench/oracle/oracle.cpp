#include "bench/oracle/oracle.h"

#include <set>

#include "bench/oracle/bill_check.h"
#include "bench/oracle/call_check.h"
#include "bench/oracle/environment_check.h"
#include "bench/oracle/host_check.h"
#include "bench/oracle/queue_check.h"
#include "bench/oracle/redis_check.h"
#include "bench/oracle/s3_check.h"
#include "bench/oracle/share_check.h"
#include "bench/oracle/task_time_check.h"
#include "bench/run/run_result.h"
#include "sim/base/check.h"
#include "sim/platform/platform_spec.h"

namespace wukong::oracle {
namespace {

template <class Check>
void replay(const RunRecord& record, Check& check) {
  for (const Event& event : record.events)
    std::visit([&](const auto& what) { check.on(event.time, what); }, event.what);
}

// Of a shard, if all shards are of one type.
std::optional<Bytes> shard_memory(const RunRecord& record, const platform::PlatformSpec& spec) {
  std::set<std::string> types;
  for (const Rental& rental : record.rentals)
    if (rental.item == accounting::CostItem::storage) types.insert(rental.type);
  if (types.size() != 1) return std::nullopt;
  return spec.machines.at(*types.begin()).memory;
}

}  // namespace

std::vector<std::string> differences(const RunRecord& record, const platform::PlatformSpec& spec,
                                     const run::RunResult& result, bool functions_charged) {
  ENSURE(record.whole);
  invariants::BrokenInvariants broken;
  ShareCheck shares(broken);
  replay(record, shares);
  TaskTimeCheck tasks(spec, record, broken);
  replay(record, tasks);
  HostCheck hosts(spec, record, broken);
  replay(record, hosts);
  hosts.end();
  EnvironmentCheck environments(spec.functions, broken);
  replay(record, environments);
  environments.end(record, result);
  CallCheck calls(spec.functions, broken);
  replay(record, calls);
  calls.end(record, result);
  RedisCheck redis(spec.redis, shard_memory(record, spec), broken);
  replay(record, redis);
  redis.end();
  S3Check s3(spec.s3, broken);
  replay(record, s3);
  s3.end(result);
  QueueCheck queues(spec.queue, broken);
  replay(record, queues);
  queues.end(record, result);
  BillCheck bill(spec, record, broken);
  replay(record, bill);
  bill.end(result, s3.charged(), functions_charged);
  return broken.sentences();
}

}  // namespace wukong::oracle
