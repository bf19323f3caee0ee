#!/usr/bin/env python3
"""How long numpy's QR of tall, narrow blocks takes, beside the memory traffic that the workloads give
it (numpy_qr_traffic in workloads/dag/dense_kernels.h): their quotient should not depend on the shape.
Needs numpy (python3-numpy) on an otherwise idle machine; uses one thread of BLAS."""
import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"
import time  # noqa: E402

import numpy  # noqa: E402

SHAPES = [(5000, 20), (10000, 20), (8192, 60), (8192, 64), (8192, 96), (8192, 100), (10000, 100),
          (8192, 120), (8192, 127), (8192, 128), (10000, 128), (16384, 128)]


def traffic(rows, columns):
    collide = 8 * columns % 512 == 0
    return 12 * rows * columns**2 + 3 * (128 if collide else 16) * rows * columns


def seconds(rows, columns, repetitions=25):
    block = numpy.random.random((rows, columns))
    numpy.linalg.qr(block)
    times = []
    for _ in range(repetitions):
        start = time.perf_counter()
        numpy.linalg.qr(block)
        times.append(time.perf_counter() - start)
    return min(times)


measured = {shape: seconds(*shape) for shape in SHAPES}
rates = {shape: traffic(*shape) / time for shape, time in measured.items()}
middle = sorted(rates.values())[len(rates) // 2]
print(f"numpy {numpy.__version__}, one thread; median {middle / 1e9:.1f} GB/s")
print(f"{'rows':>6} {'columns':>8} {'measured':>10} {'modelled':>10} {'difference':>11}")
for (rows, columns), time in measured.items():
    modelled = traffic(rows, columns) / middle
    print(f"{rows:>6} {columns:>8} {time * 1e3:>7.1f} ms {modelled * 1e3:>7.1f} ms "
          f"{modelled / time - 1:>+10.0%}")
