#include "scheduler/wukong/context.h"

#include "scheduler/policy/initial_objects.h"
#include "sim/functions/lambda_client.h"
#include "sim/hosts/machine.h"
#include "sim/platform/platform.h"
#include "sim/platform/platform_spec.h"

namespace wukong::wukong_policy {
namespace {

const hosts::Host& machine_of_metadata(platform::Platform& platform,
                                       const wukong_decisions::WukongOptions& options) {
  const std::string& type = options.metadata_machine;
  return options.bill_metadata_machine ? platform.rent(type).host : platform.borrow(type).host;
}

functions::FunctionConfig invoker_of(const platform::Platform& platform,
                                     const wukong_decisions::WukongOptions& options) {
  functions::FunctionConfig invoker = platform.spec().functions.executor();
  invoker.name = invoker.role = "invoker";
  invoker.reserved_concurrency.reset();
  invoker.provisioned_concurrency = 0;
  invoker.memory_mb = options.invoker_function_memory_mb;
  invoker.time_limit = options.invoker_function_time_limit;
  return invoker;
}

}  // namespace

WukongContext::WukongContext(platform::Platform& of_run, const dag::Dag& the_dag,
                             const wukong_decisions::WukongOptions& the_options)
    : platform(of_run),
      engine(of_run.engine()),
      dag(the_dag),
      options(the_options),
      scheduler(platform.rent(options.scheduler_machine).host),
      storage_proxy(machine_of_metadata(platform, options)),
      client(platform.borrow(options.client.machine).host),
      store(platform.add_store(options.store)),
      servers(platform.servers_of(store)),
      metadata(platform.add_metadata_store(storage_proxy)),
      results(platform.add_store_on(storage_proxy)),
      executor_function(platform.lambda().add_function(platform.spec().functions.executor())),
      invoker_function(platform.lambda().add_function(invoker_of(platform, options))),
      schedules(dag, options.schedule_node_bytes, platform.random(kFirstSuccessorStream)),
      reads(dag, platform.random(kReadOrderStream)),
      outputs(dag, options.large_object_threshold),
      fan_ins(metadata, dag, options.bit_counters),
      claims(metadata, dag, options.claim_tasks),
      connections(std::make_unique<ContainerConnections>(servers, options)) {
  platform.name_host(scheduler, "scheduler");
  platform.name_host(storage_proxy, "storage proxy");
  platform.name_host(client, "client");
  scheduler::preload_initial_objects(store, dag);
}

}  // namespace wukong::wukong_policy
