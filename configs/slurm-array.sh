#!/usr/bin/env bash
# A sweep as a Slurm job array, one shard a task; no MPI, nothing shared but the file system.
#   sbatch --array=1-16 configs/slurm-array.sh configs/sweep.yaml study
# When all tasks have ended (a task that was killed can be submitted again: it goes on):
#   wukong results merge study/part*.db --results study.db
#SBATCH --job-name=wukong-sweep
#SBATCH --cpus-per-task=4
#SBATCH --time=04:00:00
set -euo pipefail
sweep=${1:?usage: sbatch --array=1-N slurm-array.sh SWEEP.yaml FOLDER}
folder=${2:?usage: sbatch --array=1-N slurm-array.sh SWEEP.yaml FOLDER}
wukong=${WUKONG:-wukong}

# The array may start at any number: --array=0-15 and --array=1-16 are the same 16 shards.
shard=$((SLURM_ARRAY_TASK_ID - SLURM_ARRAY_TASK_MIN + 1))
mkdir -p "$folder"
# exec: Slurm's SIGTERM before the time limit reaches wukong, which then stops cleanly.
exec "$wukong" sweep "$sweep" --shard "$shard/$SLURM_ARRAY_TASK_COUNT" \
  --results "$folder/part$shard.db" --threads "${SLURM_CPUS_PER_TASK:-1}"
