"""Bugs in the models behind time and cost, for test/seeded_bugs.py: billing, prices, warm pools, fair
shares, bursts, cores, stealing, leases, retries, connections. Each is a slip that a reader may miss;
none breaks a protocol, so that a run completes and only its numbers are wrong.
"""

BUGS = [
    # Billing.
    ("a warm retry is billed for the cold start of its first try", "sim/functions/lambda_service.cpp", [
        ("  invocation.initialization = Duration::zero();\n", "")]),
    ("the placement of a cold start is billed", "sim/functions/lambda_service.cpp", [
        ("    invocation.initialization = cold_start.initialization;\n"
         "    delay += cold_start.placement + cold_start.initialization;",
         "    invocation.initialization = cold_start.placement + cold_start.initialization;\n"
         "    delay += invocation.initialization;")]),
    # Prices.
    ("S3: a look costs as much as a write", "sim/storage/s3_store.cpp", [
        ("  charge_request(call, spec_.price_per_1000_reads);\n"
         "  co_await books_.engine.sleep(latency(spec_.head_latency_median), kS3Reply);",
         "  charge_request(call, spec_.price_per_1000_writes);\n"
         "  co_await books_.engine.sleep(latency(spec_.head_latency_median), kS3Reply);")]),
    ("S3: a write that was turned away at first is free", "sim/storage/s3_store.cpp", [
        ("  }\n  charge_request(call, spec_.price_per_1000_writes);",
         "  } else {\n    charge_request(call, spec_.price_per_1000_writes);\n  }")]),
    ("a machine's last second is not billed", "sim/hosts/machine.cpp", [
        ("(held + kSecond - Duration::nanoseconds(1)) / kSecond", "held / kSecond")]),
    # Warm pools.
    ("halving spares the first environment, not the second",
     "sim/functions/keep_alive/halving.cpp", [
        ("return spare ? std::optional", "return !spare ? std::optional")]),
    ("the oldest environment is the one that was idle longest", "sim/functions/warm_pool/warm_pool.cpp", [
        ("  const auto number = static_cast<uint32_t>(choose(random));",
         "  auto number = static_cast<uint32_t>(choose(random));\n"
         "  if (function_.reuse == ReuseOrder::oldest) number = entries_[0].next;")]),
    # Renumbering, which happens in pools of more than 1,024 environments alone.
    ("renumbering forgets the busy environments", "sim/functions/warm_pool/warm_pool.cpp", [
        ("if (entry.environment != nullptr) entry.environment->pool_number = number;",
         "if (entry.environment != nullptr && idle.contains(number))\n"
         "      entry.environment->pool_number = number;")]),
    # Fair shares.
    ("a resource may give one percent more than it has", "sim/fluid/fair_share_sweep.cpp", [
        ("constexpr double kOverfull = 1e-11;", "constexpr double kOverfull = 1e-2;")]),
    ("a crowd that goes leaves its slowness behind", "sim/fluid/solver.cpp", [
        ("    --resource.users;\n    adjust_to_crowd(id);", "    --resource.users;")]),
    # Bursts.
    ("an idle link's whole burst comes back, not half of it", "sim/fluid/burst_allowance.h", [
        ("refill_limit_(left_ / 2)", "refill_limit_(left_)")]),
    ("each message on an idle link refills its burst anew", "sim/fluid/burst.cpp", [
        ("  burst.allowance.refill(engine_.now() - burst.since);\n  burst.since = engine_.now();",
         "  burst.allowance.refill(engine_.now() - burst.since);")]),
    # Sharing of cores.
    ("a task computes on cores that it has no threads for", "sim/hosts/modelled_task_runner.cpp", [
        ("co_await host.cores.compute(work, most_vcpus(host, cost));",
         "co_await host.cores.compute(work, host.vcpus);")]),
    # Stealing.
    ("stealing takes tasks that a thread of the victim is free for",
     "scheduler/dask/scheduler/stealing.cpp", [
         ("left > victim.threads;", "left >= victim.threads;")]),
    # Leases.
    ("a short lease behind a long one ends with it", "sim/storage/sqs_queue.cpp", [
        ("if (!timer_.armed() || message.lease_end < timer_.due()) timer_.arm(message.lease_end);",
         "if (!timer_.armed()) timer_.arm(message.lease_end);")]),
    ("who has lost a lease can still remove the message", "sim/storage/sqs_queue.cpp", [
        ("  return delivered.receipt == message.receipt ? &message : nullptr;",
         "  return delivered.receipt <= message.receipt ? &message : nullptr;")]),
    # Retries.
    ("a client tries once more than it may", "sim/functions/lambda_calls.cpp", [
        ("attempt >= spec_.client_retry.attempts", "attempt > spec_.client_retry.attempts")]),
    ("a throttled event backs off without a limit", "sim/functions/lambda_events.cpp", [
        ("wait = std::min(wait * 2, spec.backoff_most);", "wait = wait * 2;")]),
    # Limits of connections.
    ("a server takes one connection less than its limit", "sim/storage/redis_server.cpp", [
        ("connections_ + connections > spec_.max_clients",
         "connections_ + connections >= spec_.max_clients")]),
    ("a worker that is gone keeps its first connections", "scheduler/numpywren/blocks.cpp", [
        ("  for (const Pool& pool : pools_) servers_.disconnect(pool.to, pool.connections);",
         "  for (const Pool& pool : pools_)\n"
         "    if (&pool != &pools_.front()) servers_.disconnect(pool.to, pool.connections);")]),
]

# What was wrong once, and was mended: each mending taken back, where the random runs can see it.
# (What only a command line or a file can show has tests of its own: test/bench/commands and
# test/bench/experiment.)
MENDED = [
    # A retry that is repeated without a bound.
    ("claims: who finds a task claimed by another runs it all the same",
     "scheduler/wukong/executor_claims.cpp", [
         ("  if (before == Holder::another) co_return false;\n", "")]),
    ("claims: one execution runs a task as often as it finds it ready",
     "scheduler/wukong/executor_claims.cpp", [
         ("  if (begun_.contains(task)) co_return false;\n", "")]),
    ("claims: a second delivery claims for itself", "sim/functions/lambda_service.cpp", [
        ("environment.request = invocation.twin_of != nullptr ? invocation.twin_of->id : invocation.id;",
         "environment.request = invocation.id;")]),
    # Wrong diagnoses.
    ("diagnosis: a refused call is a deadlock", "bench/simulation/failure.cpp", [
        ("  if (statistics.refused > 0) causes.push_back(explain_refusals(statistics, payload_option));\n",
         "")]),
    ("diagnosis: PyWren's client joins calls that wait for each other's places",
     "scheduler/pywren/pywren.cpp", [
         ("if (!options_.poll_while_invoking && all_at_once) co_await",
          "if (!options_.poll_while_invoking && (all_at_once || true)) co_await")]),
    ("diagnosis: an aged-out event is the system's fault", "bench/invariants/expectations.cpp", [
        ("result.refused == 0 && result.aged_out == 0 &&", "result.refused == 0 &&"),
        ("  if (result.dropped > 0 || result.refused > 0) mishaps.add",
         "  if (result.dropped > result.aged_out || result.refused > 0) mishaps.add")]),
    # Parameters and counts without a bound.
    ("bounds: a sum beyond 63 bits wraps", "sim/base/arithmetic.h", [
        ("  if (__builtin_add_overflow(a, b, &sum)) [[unlikely]]\n    refuse_count(limit);\n",
         "  if (__builtin_add_overflow(a, b, &sum)) static_cast<void>(limit);\n")]),
    ("bounds: a double beyond 63 bits is some integer", "sim/base/arithmetic.h", [
        ("  if (!(value >= -kMost && value <= kMost)) [[unlikely]]\n    refuse_count(limit);\n",
         "  if (!(value >= -kMost && value <= kMost)) return INT64_MIN;\n"
         "  static_cast<void>(limit);\n")]),
]
