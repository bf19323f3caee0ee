#!/usr/bin/env bash
# One shard of a sweep, for whatever numbers its tasks from 0: HTCondor, Kubernetes, a loop.
#   shard.sh INDEX COUNT SWEEP.yaml FOLDER
# When all have ended (one that was killed can be started again: it goes on):
#   wukong results merge FOLDER/part*.db --results study.db
set -euo pipefail
usage="usage: shard.sh INDEX COUNT SWEEP.yaml FOLDER (INDEX from 0)"
index=${1:?$usage} count=${2:?$usage} sweep=${3:?$usage} folder=${4:?$usage}

mkdir -p "$folder"
# exec: the SIGTERM of a batch system reaches wukong, which then stops cleanly.
exec "${WUKONG:-wukong}" sweep "$sweep" --shard "$((index + 1))/$count" \
  --results "$folder/part$((index + 1)).db" --threads "${THREADS:-1}"
