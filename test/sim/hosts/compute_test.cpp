#include "sim/hosts/compute.h"

#include "sim/engine/sync.h"
#include "sim/hosts/modelled_task_runner.h"
#include "test/catch.h"
#include "test/sim/platform/storage_test_bed.h"

namespace wukong::hosts {
namespace {

using namespace wukong::literals;

ComputeSpec simple_compute() {
  ComputeSpec spec;
  spec.gflops_per_vcpu.fill(1);
  spec.gflops_per_vcpu[static_cast<size_t>(Kernel::gemm)] = 10;
  spec.memory_bandwidth = Bandwidth::bytes_per_second(5'000'000'000);
  return spec;
}

TaskCost gemm(double flops, int32_t threads = 1) {
  TaskCost cost;
  cost.kernel = Kernel::gemm;
  cost.flops = flops;
  cost.threads = threads;
  return cost;
}

TEST_CASE("a kernel takes its flops at the rate of the vCPUs that it can use") {
  const ComputeSpec spec = simple_compute();
  // 20 GFLOP at 10 GFLOP/s per vCPU
  CHECK(execution_time(gemm(20e9), 1, spec) == 2_s);
  CHECK(execution_time(gemm(20e9), 4, spec) == 2_s);
  CHECK(execution_time(gemm(20e9, 4), 4, spec) == 500_ms);
  // 4 threads on 1.6 vCPUs: 20 / (10 * 1.6) s
  CHECK(execution_time(gemm(20e9, 4), 1.6, spec) == 1250_ms);
  // half a vCPU: half the speed
  CHECK(execution_time(gemm(20e9), 0.5, spec) == 4_s);
}

TEST_CASE("each kernel has a rate of its own") {
  const ComputeSpec spec = simple_compute();
  TaskCost cost = gemm(20e9);
  cost.kernel = Kernel::svd;
  CHECK(execution_time(cost, 1, spec) == 20_s);
}

TEST_CASE("a task is as slow as the slower of arithmetic and memory") {
  const ComputeSpec spec = simple_compute();
  TaskCost cost = gemm(10e9);
  cost.touched = Bytes(5'000'000'000);  // 1 s, as the arithmetic
  CHECK(execution_time(cost, 1, spec) == 1_s);
  cost.touched = Bytes(15'000'000'000);
  CHECK(execution_time(cost, 1, spec) == 3_s);
  cost.threads = 2;  // twice the bandwidth too
  CHECK(execution_time(cost, 2, spec) == 1500_ms);
}

TEST_CASE("a sleep comes on top, and takes as long on any host") {
  const ComputeSpec spec = simple_compute();
  TaskCost cost = gemm(10e9);
  cost.sleep = 250_ms;
  CHECK(execution_time(cost, 2, spec) == 1250_ms);
  CHECK(execution_time(cost, 1, spec, {.rates = 2, .recorded = 2}) == 750_ms);
  TaskCost asleep;
  asleep.sleep = 10_s;
  asleep.threads = 4;
  CHECK(execution_time(asleep, 0.5, spec, {.rates = 0.1, .recorded = 0.1}) == 10_s);
}

TEST_CASE("a recorded time stretches where threads lack vCPUs, and on a slow host") {
  const ComputeSpec spec = simple_compute();
  TaskCost recorded;
  recorded.recorded = 10_s;
  CHECK(execution_time(recorded, 1, spec) == 10_s);
  CHECK(execution_time(recorded, 16, spec) == 10_s);
  recorded.threads = 4;
  CHECK(execution_time(recorded, 2, spec) == 20_s);
  CHECK(execution_time(recorded, 8, spec) == 10_s);
  CHECK(execution_time(recorded, 8, spec, {.rates = 1, .recorded = 0.5}) == 20_s);
  // The rates of a kind of machine say nothing of where the task was recorded.
  CHECK(execution_time(recorded, 8, spec, {.rates = 2, .recorded = 1}) == 10_s);
}

TEST_CASE("a program of fewer threads takes as many times longer for what was recorded with more") {
  const ComputeSpec spec = simple_compute();
  TaskCost recorded;
  recorded.recorded = 3_s;
  recorded.threads = 16;
  CHECK(execution_time(on_threads(recorded, 1), 16, spec) == 48_s);
  CHECK(execution_time(on_threads(recorded, 16), 16, spec) == 3_s);
  CHECK(execution_time(on_threads(recorded, 32), 16, spec) == 3_s);
  CHECK(execution_time(on_threads(gemm(20e9, 4), 1), 4, spec) == 2_s);
}

TEST_CASE("a task that costs nothing takes no time") {
  CHECK(execution_time(TaskCost{}, 0.07, simple_compute()) == Duration::zero());
}

TEST_CASE("the modelled runner waits for the execution time and counts the execution") {
  test::TestBed bed;
  const ComputeSpec spec = simple_compute();
  ModelledTaskRunner runner(bed.books, spec);
  const Host host = bed.host();
  auto client = [&](TaskCost cost, ExecuteStatus expected) -> engine::Task<> {
    const TaskId task(4);
    const ExecuteStatus status = co_await runner.execute(host, task, cost);
    REQUIRE(status == expected);
  };
  CHECK(bed.time_of(client(gemm(20e9), ExecuteStatus::done)) == 2_s);
  CHECK(bed.usage.executed == 1);

  TaskCost too_large = gemm(20e9);
  too_large.memory = host.memory + Bytes(1);
  CHECK(bed.time_of(client(too_large, ExecuteStatus::failed)) == Duration::zero());
  too_large.memory = host.memory;
  CHECK(bed.time_of(client(too_large, ExecuteStatus::done)) == 2_s);
  CHECK(bed.usage.executed == 3);
}

engine::Task<> execute_one(ModelledTaskRunner& runner, const Host& host, const TaskCost& cost) {
  const ExecuteStatus status = co_await runner.execute(host, TaskId(1), cost);
  REQUIRE(status == ExecuteStatus::done);
}

engine::Task<> execute_at_once(engine::Engine& engine, ModelledTaskRunner& runner, const Host& host,
                               const TaskCost& cost, int tasks) {
  engine::TaskGroup group(engine);
  for (int i = 0; i < tasks; ++i) group.spawn(execute_one(runner, host, cost), "a task");
  co_await group.join();
}

TEST_CASE("tasks of one host share its memory bus, and each its vCPUs' part of it") {
  // 10 GB a task at 4 GB/s for a vCPU. The bus has 5 GB/s: two tasks take 20 GB / 5 GB/s = 4 s,
  // one alone 10 / 4 = 2.5 s; with twice the speed, 10 / 5 = 2 s.
  test::TestBed bed;
  ComputeSpec spec = simple_compute();
  spec.memory_bandwidth = Bandwidth::bytes_per_second(4'000'000'000);
  ModelledTaskRunner runner(bed.books, spec);
  Host host = bed.host();
  host.memory_bus = network::MemoryBus(bed.pool, Bandwidth::bytes_per_second(5'000'000'000));
  TaskCost cost;
  cost.touched = Bytes(10'000'000'000);
  const auto time_of = [&](int tasks) {
    return bed.time_of(execute_at_once(bed.engine, runner, host, cost, tasks));
  };
  CHECK(time_of(1) == 2500_ms);
  CHECK(time_of(2) == 4_s);
  host.vcpu_speed = 2;
  CHECK(time_of(1) == 2_s);
}

TEST_CASE("a process waits for new memory, but not for a recorded run's, whose time has it in") {
  // 2 GB at 1 GB/s.
  test::TestBed bed;
  const ComputeSpec spec = simple_compute();
  ModelledTaskRunner runner(bed.books, spec);
  Host host = bed.host();
  host.new_memory = network::PageFaults(bed.pool, Bandwidth::bytes_per_second(1'000'000'000));
  TaskCost cost;
  cost.allocated = Bytes(2'000'000'000);
  cost.sleep = 3_s;
  const auto time = [&] { return bed.time_of(execute_one(runner, host, cost)); };
  CHECK(time() == 5_s);
  cost.sleep = Duration::zero();
  cost.recorded = 3_s;
  CHECK(time() == 3_s);
}

TEST_CASE("recorded work takes longer on a host that is slow among its kind, a sleep does not") {
  test::TestBed bed;
  const ComputeSpec spec = simple_compute();
  ModelledTaskRunner runner(bed.books, spec);
  Host host = bed.host();
  host.vcpu_speed = 0.5;
  TaskCost recorded;
  recorded.recorded = 3_s;
  TaskCost asleep;
  asleep.sleep = 3_s;
  CHECK(bed.time_of(execute_one(runner, host, recorded)) == 3_s);
  host.relative_speed = 0.5;
  CHECK(bed.time_of(execute_one(runner, host, recorded)) == 6_s);
  CHECK(bed.time_of(execute_one(runner, host, asleep)) == 3_s);
}

TEST_CASE("tasks of one machine share its cores, and a product has threads for all of them") {
  // 8 Gflop at 1 GFLOP/s for a vCPU, on a machine of 4: alone on 4 threads 2 s; two at once have
  // half of the cores each, 4 s. A task of one thread takes 8 s, and two of them too.
  test::TestBed bed;
  ComputeSpec spec = simple_compute();
  spec.gflops_per_vcpu[static_cast<size_t>(Kernel::gemm)] = 1;
  ModelledTaskRunner runner(bed.books, spec);
  Host host = bed.host();
  host.vcpus = 4;
  host.cores = Cores(bed.pool, 4);
  TaskCost cost;
  cost.kernel = Kernel::gemm;
  cost.flops = 8e9;
  cost.threads = kEveryThread;
  const auto time_of = [&](int tasks) {
    return bed.time_of(execute_at_once(bed.engine, runner, host, cost, tasks));
  };
  CHECK(time_of(1) == 2_s);
  CHECK(time_of(2) == 4_s);
  host.product_speed = 2;
  CHECK(time_of(1) == 1_s);
  host.product_speed = 1;
  cost.threads = 1;
  CHECK(time_of(1) == 8_s);
  CHECK(time_of(2) == 8_s);
}

TEST_CASE("tasks of a microsecond share a machine's cores and its memory bus like any others") {
  // The bed's messages have up to 1000 bytes, and these tasks 800 ns of vCPU time, or 800 bytes at
  // 1 GB/s. Eight at once on two vCPUs take 3.2 us, and eight on the bus 6.4 us.
  test::TestBed bed;
  ComputeSpec spec = simple_compute();
  spec.gflops_per_vcpu[static_cast<size_t>(Kernel::gemm)] = 1;
  ModelledTaskRunner runner(bed.books, spec);
  Host busy = bed.host();
  busy.vcpus = 2;
  busy.cores = Cores(bed.pool, 2);
  CHECK(bed.time_of(execute_at_once(bed.engine, runner, busy, gemm(800), 1)) == 800_ns);
  CHECK(bed.time_of(execute_at_once(bed.engine, runner, busy, gemm(800), 8)) == 3200_ns);

  Host copying = bed.host();
  copying.memory_bus = network::MemoryBus(bed.pool, Bandwidth::bytes_per_second(1'000'000'000));
  TaskCost cost;
  cost.touched = Bytes(800);
  CHECK(bed.time_of(execute_at_once(bed.engine, runner, copying, cost, 1)) == 800_ns);
  CHECK(bed.time_of(execute_at_once(bed.engine, runner, copying, cost, 8)) == 6400_ns);
}

TEST_CASE("a thread that has a core of two vCPUs to itself is faster than one that shares it") {
  // Tasks of 6 Gflop and one thread, at 1 GFLOP/s for a vCPU that shares its core and 1.5 for one
  // that does not. Four fill the machine; three have 4 vCPUs' worth of it between them.
  test::TestBed bed;
  ComputeSpec spec = simple_compute();
  spec.gflops_per_vcpu[static_cast<size_t>(Kernel::qr)] = 1;
  ModelledTaskRunner runner(bed.books, spec);
  Host host = bed.host();
  host.vcpus = 4;
  host.lone_speed = 1.5;
  host.cores = Cores(bed.pool, 4);
  TaskCost cost;
  cost.kernel = Kernel::qr;
  cost.flops = 6e9;
  const auto time_of = [&](int tasks) {
    return bed.time_of(execute_at_once(bed.engine, runner, host, cost, tasks));
  };
  CHECK(time_of(1) == 4_s);
  CHECK(time_of(2) == 4_s);
  CHECK(time_of(3).to_seconds() == Approx(4.5));
  CHECK(time_of(4) == 6_s);
}

}  // namespace
}  // namespace wukong::hosts
