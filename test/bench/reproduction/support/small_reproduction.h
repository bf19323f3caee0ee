// A reproduction of few and small points: two figures on real systems, with headlines.
#pragma once

#include <array>

#include "bench/reproduction/library.h"

namespace wukong::test {

inline constexpr reproduction::LibraryFile kSmallFigures{"figures.json", R"json({
  "schema": "wukong.paper-figures/1",
  "figures": [
    {"figure": "times", "title": "TSQR, rows x 64", "unit": "s", "x_name": "rows",
     "x": ["4k", "16k"],
     "series": {"wukong": [0.5, "?"], "numpywren": ["fail", 5.5], "dask-125": [null, 0.1]},
     "note": "made up"},
    {"figure": "amplification", "title": "Bytes of one run", "unit": "GB", "x_name": "quantity",
     "x": ["read", "written", "result"],
     "series": {"numpywren": [0.01, "?", "?"]}, "note": ""}
  ]})json"};

inline constexpr reproduction::LibraryFile kSmallTimes{"times.yaml", R"yaml(
note: Blocks of <4> rows.
experiment:
  platform: aws-2020
  workload: {tsqr: {columns: 64, block_rows: 1024}}
metric: makespan_s
plot: {form: lines, x: log, y: log}
series:
  dask-125: {system: dask-125}
  numpywren: {system: {preset: numpywren, workers: 8}}
  wukong: {system: wukong}
x:
  16k: {workload: {tsqr: {rows: 16384}}}
  4k: {workload: {tsqr: {rows: 4096}}}
)yaml"};

inline constexpr reproduction::LibraryFile kSmallAmplification{"amplification.yaml", R"yaml(
experiment:
  platform: aws-2020
  workload: {tsqr: {rows: 4096, columns: 64, block_rows: 1024}}
  system: numpywren
metric: {read: read_gb, written: written_gb, result: result_gb}
plot: {form: bars, x: linear, y: linear}
series:
  numpywren: {system: {workers: 8}}
x: {read: {}, written: {}, result: {}}
)yaml"};

inline constexpr reproduction::LibraryFile kSmallHeadlines{"headlines.yaml", R"yaml(
headlines:
  - claim: "numpywren's time over Wukong's"
    paper: 10
    unit: x
    ratio: [[times, numpywren, 16k], [times, wukong, 16k]]
  - claim: "bytes read in each task"
    paper: none
    unit: GB
    point: [times, numpywren, 4k, read_gb]
)yaml"};

inline constexpr std::array kSmallReproduction = {kSmallFigures, kSmallTimes, kSmallAmplification,
                                                  kSmallHeadlines};

inline reproduction::ReproductionLibrary small_library() { return {kSmallReproduction, "small"}; }

}  // namespace wukong::test
