#!/usr/bin/python3
"""`wukong serve` as its users meet it: Debian's AWS CLI, boto3 and curl, unmodified, against a server of
real processes. What they see is what is recorded of AWS (statuses, headers, fields, messages). The
argument is the program. (Debian's Python, whose boto3 is Debian's.)"""
import base64
import concurrent.futures
import io
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import zipfile

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
ROLE = "arn:aws:iam::000000000000:role/test"
ARN = "arn:aws:lambda:us-east-1:000000000000:function:"
HANDLER = """
import os, sys, time
def handler(event, context):
    print("event of", context.function_version)
    if event.get("sleep"): time.sleep(event["sleep"])
    if event.get("fail"): raise ValueError("no good")
    if event.get("exit"): os._exit(3)
    if event.get("large"): return "x" * event["large"]
    return {"answer": event.get("n", 0) + 1, "colour": os.environ.get("COLOUR"), "pid": os.getpid(),
            "memory": context.memory_limit_in_mb}
"""
BOOTSTRAP = """#!/bin/sh
next=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation
while :; do
  id=$(curl -sS -D - -o /dev/null "$next/next" | tr -d '\\r' |
       sed -n 's/^lambda-runtime-aws-request-id: //Ip')
  [ -n "$id" ] || exit 1
  curl -sS -o /dev/null -d '"from a shell"' "$next/$id/response"
done
"""
failures = []


def check(what, got, expected):
    if got != expected:
        failures.append(f"{what}: expected {expected!r}, found {got!r}")
        print("FAILED:", failures[-1])


def package(files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = 0o100755 << 16
            archive.writestr(entry, content)
    return packed.getvalue()


class Server:
    def __init__(self, folder, *more):
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--listen", "127.0.0.1:0", "--state", folder / "state.db", "--logs",
             folder / "logs", "--set", "serve.activation_s=0.2", "--set",
             "platform={preset: local, functions: {account_concurrency: 8, unreserved_concurrency_least: 1}}",
             *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        first = self.process.stdout.readline()
        self.endpoint = first.rsplit(" ", 1)[-1].strip()
        if not self.endpoint.startswith("http"):
            sys.exit(f"no server: {first}{self.process.stderr.read()}")
        self.client = boto3.client(
            "lambda", endpoint_url=self.endpoint, region_name="us-east-1", aws_access_key_id="test",
            aws_secret_access_key="test", config=Config(retries={"total_max_attempts": 1}))

    def end(self, number=signal.SIGINT):
        self.process.send_signal(number)
        output, errors = self.process.communicate(timeout=20)
        return self.process.returncode, output, errors


def error_of(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        answer = error.response
        return answer["ResponseMetadata"]["HTTPStatusCode"], answer["Error"]["Code"], answer
    return 200, "no error", {}


def invoke(client, payload, name="f", **more):
    answer = client.invoke(FunctionName=name, Payload=json.dumps(payload), **more)
    return answer, json.loads(answer["Payload"].read())


def wait(client, name, waiter="function_active_v2"):
    client.get_waiter(waiter).wait(FunctionName=name, WaiterConfig={"Delay": 0.1})


def life_of_a_function(client):
    code = package({"app.py": HANDLER})
    created = client.create_function(
        FunctionName="f", Runtime="python3.11", Role=ROLE, Handler="app.handler", Timeout=1,
        Code={"ZipFile": code}, Environment={"Variables": {"COLOUR": "red"}}, Tags={"team": "t"})
    check("status of a creation", created["ResponseMetadata"]["HTTPStatusCode"], 201)
    check("state at first", (created["State"], created["StateReasonCode"]), ("Pending", "Creating"))
    check("size of the code", created["CodeSize"], len(code))
    check("while it is pending", error_of(client.invoke, FunctionName="f")[:2],
          (409, "ResourceConflictException"))
    wait(client, "f")
    check("created twice", error_of(
        client.create_function, FunctionName="f", Runtime="python3.11", Role=ROLE,
        Handler="app.handler", Code={"ZipFile": code})[:2], (409, "ResourceConflictException"))
    told = client.get_function(FunctionName=ARN + "f")
    check("tags", told["Tags"], {"team": "t"})
    check("state", (told["Configuration"]["State"], told["Configuration"]["LastUpdateStatus"]),
          ("Active", "Successful"))
    status, name, answer = error_of(client.get_function, FunctionName="nobody")
    check("nobody", (status, name, answer["Error"]["Message"], answer.get("Message")),
          (404, "ResourceNotFoundException", "Function not found: " + ARN + "nobody",
           "Function not found: " + ARN + "nobody"))
    check("a wrong value", error_of(client.update_function_configuration, FunctionName="f",
                                    Timeout=901)[:2], (400, "ValidationException"))


def invocations(client):
    answer, body = invoke(client, {"n": 1}, LogType="Tail")
    check("an answer", (body["answer"], body["colour"], str(body["memory"])), (2, "red", "128"))
    check("its status", (answer["StatusCode"], answer["ExecutedVersion"]), (200, "$LATEST"))
    log = base64.b64decode(answer["LogResult"]).decode()
    check("the log", "event of $LATEST" in log and "REPORT RequestId" in log, True)
    check("a warm process", invoke(client, {})[1]["pid"], body["pid"])
    answer, error = invoke(client, {"fail": 1})
    check("an exception", (answer["StatusCode"], answer["FunctionError"], error["errorType"],
                           error["errorMessage"]), (200, "Unhandled", "ValueError", "no good"))
    check("after an exception", invoke(client, {})[1]["pid"], body["pid"])
    answer, error = invoke(client, {"exit": 1})
    check("an exit", (answer["FunctionError"], error["errorType"], error["errorMessage"].split("Error: ")[-1]),
          ("Unhandled", "Runtime.ExitError", "Runtime exited with error: exit status 3"))
    answer, error = invoke(client, {"sleep": 5})
    check("a time limit", (answer["FunctionError"], error["errorType"],
                           error["errorMessage"].endswith("Task timed out after 1.00 seconds")),
          ("Unhandled", "Sandbox.Timedout", True))
    check("a large answer", invoke(client, {"large": 7_000_000})[1]["errorType"],
          "Function.ResponseSizeTooLarge")
    check("an event", client.invoke(FunctionName="f", InvocationType="Event", Payload="{}")["StatusCode"], 202)
    check("a dry run", client.invoke(FunctionName="f", InvocationType="DryRun")["StatusCode"], 204)
    check("no JSON", error_of(client.invoke, FunctionName="f", Payload="{")[:2],
          (400, "InvalidRequestContentException"))
    check("a payload of 7 MB", error_of(client.invoke, FunctionName="f", Payload='"' + "x" * 7_000_000 + '"')[:2],
          (413, "RequestTooLargeException"))


def throttles(client):
    client.put_function_concurrency(FunctionName="f", ReservedConcurrentExecutions=2)
    with concurrent.futures.ThreadPoolExecutor(3) as threads:
        calls = list(threads.map(lambda _: error_of(client.invoke, FunctionName="f",
                                                    Payload='{"sleep": 0.5}'), range(3)))
    refused = [call for call in calls if call[0] != 200]
    check("throttled", len(refused), 1)
    if refused:
        status, name, answer = refused[0]
        check("a throttle", (status, name, answer["Reason"], answer["Error"]["Message"],
                             answer["ResponseMetadata"]["HTTPHeaders"]["retry-after"]),
              (429, "TooManyRequestsException", "ReservedFunctionConcurrentInvocationLimitExceeded",
               "Rate Exceeded.", "1"))
    check("too much reserved", error_of(client.put_function_concurrency, FunctionName="f",
                                        ReservedConcurrentExecutions=8)[:2],
          (400, "InvalidParameterValueException"))
    check("reserved", client.get_function_concurrency(FunctionName="f")["ReservedConcurrentExecutions"], 2)
    limit = client.get_account_settings()["AccountLimit"]
    check("the account", (limit["ConcurrentExecutions"], limit["UnreservedConcurrentExecutions"]), (8, 6))
    client.delete_function_concurrency(FunctionName="f")


def changes(client):
    before = invoke(client, {})[1]["pid"]
    updated = client.update_function_configuration(FunctionName="f", MemorySize=256,
                                                   Environment={"Variables": {"COLOUR": "blue"}})
    check("an update", updated["LastUpdateStatus"], "InProgress")
    check("during an update", error_of(client.update_function_configuration, FunctionName="f",
                                       Timeout=2)[:2], (409, "ResourceConflictException"))
    wait(client, "f", "function_updated_v2")
    after = invoke(client, {})[1]
    check("what was updated", (after["colour"], str(after["memory"]), after["pid"] != before), ("blue", "256", True))
    check("a version", client.publish_version(FunctionName="f")["Version"], "1")
    check("a stale revision", error_of(client.update_function_code, FunctionName="f", RevisionId="old",
                                       ZipFile=package({"app.py": HANDLER}))[:2],
          (412, "PreconditionFailedException"))
    check("no zip file", error_of(client.update_function_code, FunctionName="f", ZipFile=b"PK")[:2],
          (400, "InvalidParameterValueException"))
    client.update_function_code(FunctionName="f", ZipFile=package({"app.py": HANDLER.replace("+ 1", "+ 2")}))
    wait(client, "f", "function_updated_v2")
    check("new code", invoke(client, {"n": 1})[1]["answer"], 3)
    check("code of the version", invoke(client, {"n": 1}, name="f:1")[1]["answer"], 2)
    versions = client.list_versions_by_function(FunctionName="f")["Versions"]
    check("versions", [version["Version"] for version in versions], ["$LATEST", "1"])
    client.put_provisioned_concurrency_config(FunctionName="f", Qualifier="1", ProvisionedConcurrentExecutions=1)
    provisioned = client.get_provisioned_concurrency_config(FunctionName="f", Qualifier="1")
    check("provisioned", provisioned["Status"], "IN_PROGRESS")
    client.delete_provisioned_concurrency_config(FunctionName="f", Qualifier="1")
    config = client.put_function_event_invoke_config(FunctionName="f", MaximumRetryAttempts=1)
    check("event config", (config["MaximumRetryAttempts"], config["FunctionArn"]), (1, ARN + "f:$LATEST"))


def other_clients(server, folder):
    client = server.client
    client.create_function(FunctionName="shell", Runtime="provided.al2023", Role=ROLE, Handler="none",
                           Code={"ZipFile": package({"bootstrap": BOOTSTRAP})})
    (folder / "local").mkdir()
    (folder / "local" / "app.py").write_text(HANDLER)
    client.create_function(FunctionName="in-place", Runtime="python3.11", Role=ROLE, Handler="app.handler",
                           Code={"S3Bucket": "file", "S3Key": str(folder / "local")})
    pages = list(client.get_paginator("list_functions").paginate(PaginationConfig={"PageSize": 2}))
    check("pages", [[one["FunctionName"] for one in page["Functions"]] for page in pages],
          [["f", "in-place"], ["shell"]])
    wait(client, "shell")
    environment = dict(os.environ, AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test")
    out = folder / "answer.json"
    told = json.loads(subprocess.run(
        ["/usr/bin/aws", "lambda", "invoke", "--function-name", "shell", "--payload", "{}",
         "--cli-binary-format", "raw-in-base64-out", "--endpoint-url", server.endpoint, "--region",
         "us-east-1", str(out)], env=environment, capture_output=True, text=True, check=True).stdout)
    check("aws lambda invoke", (told, out.read_text()),
          ({"StatusCode": 200, "ExecutedVersion": "$LATEST"}, '"from a shell"'))
    url = client.create_function_url_config(FunctionName="in-place", AuthType="NONE")["FunctionUrl"]
    got = subprocess.run(["curl", "-sS", "-i", url + "a/b?n=1"], capture_output=True, text=True, check=True).stdout
    check("a function's URL", (got.split()[1], '"answer": 1' in got), ("200", True))
    got = subprocess.run(["curl", "-sS", "-i", "--aws-sigv4", "aws:amz:us-east-1:lambda", "--user", "test:test",
                          server.endpoint + "/2015-03-31/nothing"], capture_output=True, text=True, check=True).stdout
    check("an unknown path", (got.split()[1], "x-amzn-errortype: unknownoperationexception" in got.lower()),
          ("404", True))


def restart(server, folder):
    before = server.client.get_function_configuration(FunctionName="f")
    server.end(signal.SIGKILL)
    keys = folder / "keys"
    keys.write_text("test test\n")
    again = Server(folder, "--keys", keys, "--json", folder / "result.json")
    after = again.client.get_function_configuration(FunctionName="f")
    fields = ("RevisionId", "CodeSha256", "LastModified", "MemorySize", "Environment")
    check("after kill -9", [after[key] for key in fields], [before[key] for key in fields])
    check("its code", invoke(again.client, {"n": 1}, name="f:1")[1]["answer"], 2)
    stranger = boto3.client("lambda", endpoint_url=again.endpoint, region_name="us-east-1",
                            aws_access_key_id="test", aws_secret_access_key="guessed")
    check("another secret", error_of(stranger.list_functions)[:2], (403, "InvalidSignatureException"))
    check("deleted", again.client.delete_function(FunctionName="f")["ResponseMetadata"]["HTTPStatusCode"], 204)
    check("gone", error_of(again.client.get_function, FunctionName="f")[:2], (404, "ResourceNotFoundException"))
    code, report, errors = again.end()
    check("the end", (code, errors), (0, ""))
    check("the bill", "Bill: $" in report, True)
    run = json.loads((folder / "result.json").read_text())["runs"][0]
    check("the result", (run["invocations"], run["completed"]), (1, True))


def main():
    refused = subprocess.run([PROGRAM, "serve", "--listen", "0.0.0.0:0"], capture_output=True, text=True)
    check("another address", (refused.returncode, "--allow-remote" in refused.stderr), (2, True))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        server = Server(folder)
        try:
            life_of_a_function(server.client)
            invocations(server.client)
            throttles(server.client)
            changes(server.client)
            other_clients(server, folder)
            restart(server, folder)
        finally:
            if server.process.poll() is None:
                server.process.kill()
    sys.exit(1 if failures else 0)


main()
