// The DAGs that the fuzzer has, under the tests' own roof.
#pragma once

#include "workloads/generators/small_dags.h"

namespace wukong::test {

using generators::all_dags;
using generators::random_dag;
using generators::RandomDagOptions;

}  // namespace wukong::test
