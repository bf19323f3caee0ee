// Whose formulation of a computation a DAG is.
#pragma once

namespace wukong::dag {

// Dask's, which Wukong runs too, or numpywren's own. A workload that has one formulation gives it
// to all.
enum class DagForm { dask, numpywren };

}  // namespace wukong::dag
