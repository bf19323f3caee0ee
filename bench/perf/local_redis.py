"""A redis-server of Debian on this machine's loopback, which keeps nothing: for measurements of it."""
import contextlib
import socket
import subprocess
import time


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@contextlib.contextmanager
def running_redis():
    """The port of a server that takes commands; it ends with the block."""
    port = free_port()
    server = subprocess.Popen(["redis-server", "--port", str(port), "--save", "", "--appendonly",
                               "no", "--bind", "127.0.0.1"], stdout=subprocess.DEVNULL)
    try:
        while subprocess.run(["redis-cli", "-p", str(port), "PING"], capture_output=True,
                             check=False).returncode != 0:
            time.sleep(0.05)
        yield port
    finally:
        server.terminate()
        server.wait()
