#!/usr/bin/env python3
"""What a byte costs the one thread of a real Redis, by the size of values and the number of
connections that ask at once; over loopback, with redis-server and redis-benchmark of Debian.
Prints a table of CSV: test/data/redis-thread.csv is one. The time is the processor time of Redis'
main thread, not that of the wall, so that a busy machine changes little.

    python3 bench/perf/redis_thread.py > redis-thread.csv
"""
import csv
import subprocess
import sys

from local_redis import running_redis

SIZES = [16_000, 262_144, 4_000_000, 8_000_000, 16_000_000, 32_000_000, 200_000_000]
CONNECTIONS = [1, 2, 5, 10, 20, 50, 100, 200, 500]
BYTES = 1_000_000_000  # moved in each round, at least
MEMORY = 3_300_000_000  # the most that all values under way may take at each end
ROUNDS = 3  # of which the middle one counts


def command(port, *words):
    return subprocess.run(["redis-cli", "-p", str(port), *words], check=True, capture_output=True,
                          text=True).stdout


def thread_seconds(port):
    lines = dict(line.split(":") for line in command(port, "INFO", "cpu").splitlines()
                 if ":" in line)
    return float(lines["used_cpu_sys_main_thread"]) + float(lines["used_cpu_user_main_thread"])


def benchmark(port, operation, size, connections, requests):
    subprocess.run(["redis-benchmark", "-p", str(port), "-t", operation, "-d", str(size), "-c",
                    str(connections), "-n", str(requests), "-q"], check=True, capture_output=True)


def rate(port, operation, size, connections):
    """MB/s of the thread: bytes over its processor time."""
    requests = max(2 * connections, BYTES // size)
    rates = []
    for _ in range(ROUNDS):
        before = thread_seconds(port)
        benchmark(port, operation, size, connections, requests)
        rates.append(requests * size / (thread_seconds(port) - before) / 1e6)
    return sorted(rates)[ROUNDS // 2]


def main():
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(["operation", "value_bytes", "connections", "thread_mb_per_s"])
    with running_redis() as port:
        for size in SIZES:
            benchmark(port, "set", size, 1, 1)
            for operation in ["get", "set"]:
                for connections in CONNECTIONS:
                    if size * connections > MEMORY:
                        continue
                    measured = rate(port, operation, size, connections)
                    rows.writerow([operation, size, connections, f"{measured:.0f}"])
                    sys.stdout.flush()


main()
