// The DAGs that the fuzzer has, under the tests' own roof.
#pragma once

#include "workloads/small_dags.h"

namespace wukong::test {

using workloads::all_dags;
using workloads::random_dag;
using workloads::RandomDagOptions;

}  // namespace wukong::test
