"""Runs a Python handler as AWS Lambda does: asks the Runtime API for calls, one after another.

Of the standard library only, and little of it, because what is imported here is part of each cold
start.
"""
import importlib
import json
import logging
import os
import socket
import sys
import time
import traceback

API = "/2018-06-01/runtime/"


class Connection:
    """HTTP/1.1 on one connection that is kept, with a server that always says Content-Length."""

    def __init__(self, address):
        host, port = address.rsplit(":", 1)
        self.host = address
        self.socket = socket.create_connection((host, int(port)))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.reader = self.socket.makefile("rb")

    def head(self, method, path, headers=(), length=None):
        lines = [f"{method} {API}{path} HTTP/1.1", f"Host: {self.host}"]
        lines += [f"{name}: {value}" for name, value in headers]
        if length is not None:
            lines.append(f"Content-Length: {length}")
        return "\r\n".join(lines).encode() + b"\r\n\r\n"

    def ask_next(self):
        self.socket.sendall(self.head("GET", "invocation/next"))

    def post(self, path, headers, body):
        self.socket.sendall(self.head("POST", path, headers, len(body)) + body)
        self.receive()

    def post_and_ask_next(self, path, headers, body):
        """Both at once, which spares the process one turn of waiting."""
        self.socket.sendall(self.head("POST", path, headers, len(body)) + body +
                            self.head("GET", "invocation/next"))
        self.receive()

    def receive(self):
        status = self.reader.readline().split(b" ")
        if len(status) < 2:
            sys.exit(1)  # the environment is at its end
        answered = {}
        while (line := self.reader.readline().rstrip(b"\r\n")):
            name, _, value = line.partition(b":")
            answered[name.decode("latin-1").lower()] = value.strip().decode("utf-8", "replace")
        return answered, self.reader.read(int(answered.get("content-length", 0)))


class LogFormatter(logging.Formatter):
    converter = time.gmtime

    def format(self, record):
        record.aws_request_id = Context.current.aws_request_id if Context.current else ""
        return super().format(record)


class Fields:
    """A JSON object's members as attributes."""

    def __init__(self, members):
        self.__dict__.update(members)


class Context:
    current = None

    def __init__(self, headers):
        environment = os.environ
        self.aws_request_id = headers.get("lambda-runtime-aws-request-id", "")
        self.invoked_function_arn = headers.get("lambda-runtime-invoked-function-arn", "")
        self.function_name = environment.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = environment.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.memory_limit_in_mb = environment.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.log_group_name = environment.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = environment.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.identity = Fields({"cognito_identity_id": None, "cognito_identity_pool_id": None})
        self.client_context = None
        client = headers.get("lambda-runtime-client-context")
        if client:
            said = json.loads(client)
            self.client_context = Fields({"custom": said.get("custom"), "env": said.get("env"),
                                          "client": Fields(said.get("client") or {})})
        self._deadline = int(headers.get("lambda-runtime-deadline-ms", 0))

    def get_remaining_time_in_millis(self):
        return max(self._deadline - int(time.time() * 1000), 0)

    def log(self, message):
        sys.stdout.write(str(message))


class Failure(Exception):
    """What the runtime itself has to say: a type and a message."""

    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


def load(name):
    module_name, dot, function_name = name.rpartition(".")
    if not dot:
        raise Failure("Runtime.MalformedHandlerName",
                      f"Bad handler '{name}': not enough values to unpack (expected 2, got 1)")
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise Failure("Runtime.ImportModuleError",
                      f"Unable to import module '{module_name}': {error}") from error
    except SyntaxError as error:
        raise Failure("Runtime.UserCodeSyntaxError",
                      f"Syntax error in module '{module_name}': {error}") from error
    try:
        return getattr(module, function_name)
    except AttributeError as error:
        raise Failure("Runtime.HandlerNotFound",
                      f"Handler '{function_name}' missing on module '{module_name}'") from error


def report(post, path, error, request_id=None):
    own = isinstance(error, Failure)
    kind = error.kind if own else type(error).__name__
    # The frames of this file, which come first, are none of the function's.
    frames = [] if own else [frame for frame in traceback.extract_tb(error.__traceback__)
                             if frame.filename != __file__]
    document = {"errorMessage": str(error), "errorType": kind, "requestId": request_id or "",
                "stackTrace": traceback.format_list(frames)}
    text = f"[ERROR] {kind}: {error}\n"
    if frames:
        text += "Traceback (most recent call last):\n" + "".join(document["stackTrace"])
    sys.stdout.write(text)
    sys.stdout.flush()
    kind = kind.encode("ascii", "replace").decode()
    post(path, [("Lambda-Runtime-Function-Error-Type", kind)], json.dumps(document).encode())


def called(handler, payload, context):
    try:
        event = json.loads(payload)
    except ValueError as error:
        raise Failure("Runtime.UnmarshalError", f"Unable to unmarshal input: {error}") from error
    result = handler(event, context)
    try:
        return json.dumps(result, ensure_ascii=False).encode()
    except (TypeError, ValueError) as error:
        raise Failure("Runtime.MarshalError", f"Unable to marshal response: {error}") from error


def serve(connection, handler):
    post = connection.post_and_ask_next
    connection.ask_next()
    while True:
        headers, payload = connection.receive()
        request_id = headers["lambda-runtime-aws-request-id"]
        os.environ["_X_AMZN_TRACE_ID"] = headers.get("lambda-runtime-trace-id", "")
        try:
            Context.current = Context(headers)
            answer = called(handler, payload, Context.current)
        except Exception as error:
            report(post, f"invocation/{request_id}/error", error, request_id)
            continue
        sys.stdout.flush()
        sys.stderr.flush()
        post(f"invocation/{request_id}/response", [("Content-Type", "application/json")], answer)


def main():
    sys.stdout.reconfigure(line_buffering=True)
    sys.path[0] = os.environ["LAMBDA_TASK_ROOT"]
    logger = logging.StreamHandler(sys.stdout)
    logger.setFormatter(LogFormatter("[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s",
                                     "%Y-%m-%dT%H:%M:%S"))
    logging.getLogger().addHandler(logger)
    connection = Connection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    try:
        handler = load(os.environ["_HANDLER"])
    except Exception as error:
        report(connection.post, "init/error", error)
        sys.exit(1)
    serve(connection, handler)


if __name__ == "__main__":
    main()
