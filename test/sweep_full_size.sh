#!/usr/bin/env bash
# By hand: a sweep of 10,000 points x 4 systems gives the same bytes with 1 and 2 threads, under
# mpirun -n 3, in 4 shards, and after 20 SIGKILLs. Takes some minutes.
#   test/sweep_full_size.sh [build/release/wukong]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
wukong=$(realpath "${1:-build/release/wukong}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > sweep.yaml <<'YAML'
platform: {preset: aws-2020, functions: {memory_mb: {from: 1024, to: 3004, step: 20}}}
workload: {tree_reduction: {elements: 8, delay_ms: {from: 0, to: 99, step: 1}}}
systems: [wukong, numpywren, pubsub, {wukong: {name: plain, clustering_fan_out: false}}]
YAML

export_of() { "$wukong" results export --results "$1" --format csv | sha256sum | cut -c1-16; }
sweep() { "$wukong" sweep sweep.yaml --quiet "$@"; }
timed() {  # NAME FILE COMMAND...
  local name=$1 file=$2 begin=$EPOCHREALTIME
  shift 2
  "$@"
  printf '%-12s %8.1f s  %s\n' "$name" "$(echo "$EPOCHREALTIME - $begin" | bc -l)" "$(export_of "$file")"
}
shards() {
  for i in 1 2 3 4; do sweep --shard "$i/4" --results "part$i.db"; done
  "$wukong" results merge part?.db --results merged.db 2> /dev/null
}
killed() {
  for _ in $(seq 20); do
    "$wukong" sweep sweep.yaml --quiet --results killed.db &
    sleep "0.$((RANDOM % 9 + 1))"
    kill -9 $! 2> /dev/null || true
    wait $! 2> /dev/null || true
  done
  sweep --results killed.db
}
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
"$wukong" sweep sweep.yaml --dry-run | head -1
timed "1 thread" one.db sweep --threads 1 --results one.db
timed "2 threads" two.db sweep --threads 2 --results two.db
timed "mpirun -n 3" mpi.db mpirun --oversubscribe -n 3 "$wukong" sweep sweep.yaml --quiet --results mpi.db
timed "4 shards" merged.db shards
timed "20 SIGKILLs" killed.db killed
[ "$(for file in one two mpi merged killed; do export_of $file.db; done | sort -u | wc -l)" -eq 1 ] &&
  echo "all the same bytes"
