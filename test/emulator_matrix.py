#!/usr/bin/env python3
"""The emulator's matrix: workloads x systems x stores, for real.

    test/emulator_matrix.py PROGRAM [--small]

Every run must complete with a verified result and each task executed once. Where timing decides
nothing, its bytes and its invocations must be those of `wukong run`, to the last one. Redis servers
are started on free ports of loopback, and stopped. Prints one line a run and what was compared;
exits 1 if anything is wrong."""
import contextlib
import json
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

# 64 blocks or more of each; `--small` leaves the kernels next to nothing to do.
FULL = {
    "tsqr": "{tsqr: {rows: 131072, columns: 32, block_rows: 2048}}",
    "gemm": "{gemm: {n: 1024, block: 128}}",
    "svd2": "{svd2: {n: 1024, block: 128}}",
    "cholesky": "{cholesky: {n: 1408, block: 128}}",
    "tree": "{tree_reduction: {elements: 1001}}",
}
SMALL = {
    "tsqr": "{tsqr: {rows: 2048, columns: 8, block_rows: 32}}",
    "gemm": "{gemm: {n: 128, block: 16}}",
    "svd2": "{svd2: {n: 256, block: 32}}",
    "cholesky": "{cholesky: {n: 176, block: 16}}",
    "tree": "{tree_reduction: {elements: 1001}}",
}
# Thresholds at which the blocks of these sizes count as large, so that clustering has work.
WUKONG = {
    "wukong": "{}",
    "wukong, large objects": "{large_object_threshold_mb: 0.0005}",
    "no clustering on fan-out": "{large_object_threshold_mb: 0.0005, clustering_fan_out: false}",
    "no clustering on fan-in": "{large_object_threshold_mb: 0.0005, clustering_fan_in: false, delayed_io: false}",
    "no delayed I/O": "{large_object_threshold_mb: 0.0005, delayed_io: false}",
    "no optimisation": "{clustering_fan_out: false, clustering_fan_in: false, delayed_io: false}",
    "bit counters": "{bit_counters: true}",
    "arguments in the store": "{inline_arguments: false}",
    "proxy": "{proxy_threshold: 2}",
}
OTHERS = ["numpywren-local: {workers: 8}", "pywren-local: {}", "strawman: {}", "pubsub: {}", "dask-laptop: {}", "dask-threads: {}"]
# What does not depend on who is first, and is compared: bytes, and invocations beside them.
DETERMINISTIC_BYTES = {"numpywren-local", "pywren-local", "strawman", "pubsub", "dask-threads"}
DETERMINISTIC_INVOCATIONS = {"pywren-local", "strawman", "pubsub"}


@contextlib.contextmanager
def redis_servers(count):
    servers, urls = [], []
    try:
        for _ in range(count):
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            servers.append(subprocess.Popen(
                ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
            for _ in range(1000):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                    break
                time.sleep(0.01)
            urls.append(f"redis://127.0.0.1:{port}")
        yield urls
    finally:
        for server in servers:
            server.terminate()
            server.wait()


def experiment(folder, workload, store, speed):
    systems = [f"wukong: {options[:-1]}{', ' if options != '{}' else ''}name: \"{name}\"}}"
               for name, options in WUKONG.items()] + OTHERS
    path = pathlib.Path(folder) / "matrix.yaml"
    path.write_text(f"platform: local\nworkload: {workload}\nsystems:\n"
                    + "".join(f"  - {{{system}}}\n" for system in systems)
                    + f"emulation: {{speed: {speed}, store: {json.dumps(store)}}}\n")
    return str(path)


def runs_of(program, command, path):
    done = subprocess.run([program, command, path, "--json", "-"], capture_output=True, text=True)
    if not done.stdout:
        sys.exit(f"wukong {command} failed: {done.stderr}")
    return json.loads(done.stdout)["runs"]


def bytes_of(run):
    return {key: value for key, value in run["bytes"].items() if key in ("read", "written")}


def problems(run, simulated):
    if not run["completed"]:
        yield run["failure"]
        return
    if not run["verification"]["passed"]:
        yield f"wrong: {run['verification']}"
    if run["executed"] != run["tasks"]:
        yield f"{run['executed']} executions of {run['tasks']} tasks"
    if run["system"] in DETERMINISTIC_BYTES and bytes_of(run) != bytes_of(simulated):
        yield f"bytes {bytes_of(run)}, simulated {bytes_of(simulated)}"
    if run["system"] in DETERMINISTIC_INVOCATIONS and run["invocations"] != simulated["invocations"]:
        yield f"{run['invocations']} invocations, simulated {simulated['invocations']}"


def main():
    program = sys.argv[1]
    small = "--small" in sys.argv
    wrong = count = equal = 0
    with tempfile.TemporaryDirectory() as folder, redis_servers(2) as urls:
        for name, workload in (SMALL if small else FULL).items():
            for store in ("in-process", urls):
                path = experiment(folder, workload, store, 50 if small else 1)
                simulated = {run["system"]: run for run in runs_of(program, "run", path)}
                for run in runs_of(program, "emulate", path):
                    expected = simulated[run["system"]]
                    found = list(problems(run, expected))
                    count += 1
                    wrong += bool(found)
                    same = bytes_of(run) == bytes_of(expected)
                    equal += same
                    makespan = run["makespan_s"]
                    print(f"{name:9} {'in-process' if store == 'in-process' else '2 Redis':11} "
                          f"{run['system']:26} {0 if makespan is None else makespan:9.3f} s  "
                          f"{'as simulated' if same else 'bytes depend on timing':23} "
                          f"{'; '.join(found) or 'verified'}", flush=True)
    print(f"{count} runs, {wrong} wrong; the bytes of {equal} are those of the simulation, as they must be under "
          f"{', '.join(sorted(DETERMINISTIC_BYTES))}")
    sys.exit(1 if wrong else 0)


main()
