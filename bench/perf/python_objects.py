#!/usr/bin/env python3
"""What a value costs a client of Redis that is written in Python, as Wukong's and numpywren's are:
processor time of this process, by the size of the value. A read is what redis-py 3's own parser does
(65,536 bytes at a time into a buffer that grows, then one copy), and unpickling; a write is pickling
and sending; pickling alone is what a value costs that is sent nowhere. numpy's arrays copy their
elements once more at both ends, which is done here without numpy. Needs redis-server; prints CSV:
test/data/python-objects.csv is one.

    python3 bench/perf/python_objects.py > python-objects.csv
"""
import csv
import io
import pickle
import random
import socket
import sys
import time

from local_redis import running_redis

SIZES = [16_000, 128_000, 1_000_000, 4_000_000, 32_000_000, 200_000_000]
CHUNK = 65_536
ROUNDS = 5  # of which the middle one counts


class Client:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as redis-py does

    def reply(self):
        """The value of a bulk reply, or None for any other."""
        buffer = io.BytesIO()
        written = 0

        def fill(to):
            nonlocal written
            while written < to:
                data = self.socket.recv(CHUNK)
                buffer.seek(written)
                buffer.write(data)
                written += len(data)

        fill(1)
        buffer.seek(0)
        line = buffer.readline()
        while not line.endswith(b"\r\n"):
            fill(written + 1)
            buffer.seek(0)
            line = buffer.readline()
        if not line.startswith(b"$"):
            return None
        length = int(line[1:])
        fill(len(line) + length + 2)
        buffer.seek(len(line))
        return buffer.read(length)

    def set(self, key, value):
        head = b"*3\r\n$3\r\nSET\r\n$%d\r\n%s\r\n$%d\r\n" % (len(key), key, len(value))
        self.socket.sendall(head)  # redis-py sends a large value as it is, without a copy
        self.socket.sendall(value)
        self.socket.sendall(b"\r\n")
        self.reply()

    def get(self, key):
        self.socket.sendall(b"*2\r\n$3\r\nGET\r\n$%d\r\n%s\r\n" % (len(key), key))
        return self.reply()


def middle(action, repetitions):
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(repetitions):
            action()
        times.append((time.process_time() - start) / repetitions)
    return sorted(times)[ROUNDS // 2]


def main():
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(["operation", "value_bytes", "client_us"])
    with running_redis() as port:
        client = Client(port)
        for size in SIZES:
            block = bytearray(random.randbytes(size))
            repetitions = max(1, 20_000_000 // size)
            write = middle(lambda: client.set(b"key", pickle.dumps(bytes(block), 4)),
                           repetitions)
            read = middle(lambda: bytearray(pickle.loads(client.get(b"key"))), repetitions)
            pickling = middle(lambda: pickle.dumps(bytes(block), 4), repetitions)
            rows.writerow(["pickle", size, f"{pickling * 1e6:.0f}"])
            rows.writerow(["write", size, f"{write * 1e6:.0f}"])
            rows.writerow(["read", size, f"{read * 1e6:.0f}"])
            sys.stdout.flush()


main()
