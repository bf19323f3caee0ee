// The benchmarks, one file each. A new one: declare it here, call it in main.cpp.
#pragma once

namespace wukong::perf {

class Harness;

void benchmark_hold_model(Harness& harness);
void benchmark_coroutines(Harness& harness);
void benchmark_processes(Harness& harness);
void benchmark_blocking(Harness& harness);
void benchmark_network(Harness& harness);
void benchmark_odd_dags(Harness& harness);
void benchmark_tree_reduction(Harness& harness);
void benchmark_invocation_load(Harness& harness);
void benchmark_sweep(Harness& harness);
void benchmark_emulator(Harness& harness);
void benchmark_http_front(Harness& harness);

}  // namespace wukong::perf
