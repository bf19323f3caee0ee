// Python and Node handlers, with the runtime clients that ship with the program.
#include <string>

#include "test/catch.h"
#include "test/runtime/environments/environment_house.h"

namespace wukong::environments {
namespace {

TEST_CASE("a Python handler has its event and its context", "[environments]") {
  EnvironmentHouse house;
  const auto running = house.start(house.function("python3.11", "index.py", R"(
import os
def handler(event, context):
    assert 0 < context.get_remaining_time_in_millis() <= 3000
    return [event, context.function_name, context.function_version, context.memory_limit_in_mb,
            context.invoked_function_arn, context.aws_request_id, context.log_group_name,
            len(context.log_stream_name) > 40,
            context.client_context, context.identity.cognito_identity_id,
            os.environ["AWS_EXECUTION_ENV"], "ü"]
)"));
  REQUIRE_FALSE(running->started.failure);
  CHECK(
      house.invoke(*running, R"({"a": "é"})").payload ==
      R"([{"a": "é"}, "f", "$LATEST", "128", "arn:aws:lambda:us-east-1:000000000000:function:f", )"
      R"("request-1", "/aws/lambda/f", true, null, null, "AWS_Lambda_python3.11", "ü"])");
  CHECK_THAT(house.invoke(*running, "2").payload, Catch::Contains("request-2"));
}

TEST_CASE("what a Python handler raises is the answer, as AWS writes it", "[environments]") {
  EnvironmentHouse house;
  const auto running = house.start(house.function("python3.11", "index.py", R"(
def handler(event, context):
    if event == "object": return object()
    raise ValueError("bad " + event)
)"));
  Outcome outcome = house.invoke(*running, "\"luck\"");
  CHECK(outcome.kind == OutcomeKind::function_error);
  CHECK(outcome.error_type == "ValueError");
  CHECK(outcome.payload ==
        R"({"errorMessage": "bad luck", "errorType": "ValueError", "requestId": "request-1", )"
        R"("stackTrace": ["  File \")" +
            (house.folder() / "code/index.py").string() +
            R"(\", line 4, in handler\n    raise ValueError(\"bad \" + event)\n"]})");
  CHECK_THAT(outcome.log_tail, Catch::Contains("[ERROR] ValueError: bad luck\nTraceback"));
  outcome = house.invoke(*running, "\"object\"");
  CHECK(outcome.error_type == "Runtime.MarshalError");
  CHECK_THAT(outcome.error_message,
             Catch::Contains("Object of type object is not JSON serializable"));
  CHECK(house.invoke(*running, "no JSON").error_type == "Runtime.UnmarshalError");
}

TEST_CASE("a Python module that cannot be had is told apart from a handler that cannot",
          "[environments]") {
  EnvironmentHouse house;
  EnvironmentSpec spec = house.function("python3.11", "index.py", "import nowhere_to_be_found\n");
  Outcome outcome = house.answer(spec);
  CHECK(outcome.kind == OutcomeKind::init_failed);
  CHECK(outcome.error_type == "Runtime.ImportModuleError");
  CHECK(outcome.error_message ==
        "Unable to import module 'index': No module named 'nowhere_to_be_found'");
  spec = house.function("python3.11", "index.py", "def other(): pass\n");
  CHECK(house.answer(spec).error_message == "Handler 'handler' missing on module 'index'");
  spec = house.function("python3.11", "index.py", "def (:\n");
  CHECK(house.answer(spec).error_type == "Runtime.UserCodeSyntaxError");
  spec.handler = "nothing";
  CHECK(house.answer(spec).error_type == "Runtime.MalformedHandlerName");
}

TEST_CASE("what a Python handler prints and logs is in its log, between START and REPORT",
          "[environments]") {
  EnvironmentHouse house;
  EnvironmentSpec spec = house.function("python3.11", "folder/code.py", R"(
print("while it starts")
import logging
def handler(event, context):
    print("printed")
    logging.getLogger().warning("logged")
)");
  spec.handler = "folder/code.handler";
  const Outcome outcome = house.answer(spec);
  CHECK(outcome.payload == "null");
  const std::string id = "request-1";
  CHECK_THAT(outcome.log_tail, Catch::StartsWith("START RequestId: " + id +
                                                 " Version: $LATEST\nprinted\n[WARNING]\t") &&
                                   Catch::Contains("Z\t" + id + "\tlogged\nEND RequestId: " + id +
                                                   "\nREPORT RequestId: " + id + "\tDuration: ") &&
                                   Catch::Contains(" ms\tMemory Size: 128 MB\tMax Memory Used: ") &&
                                   Catch::Contains("Init Duration: "));
  CHECK_THAT(house.logs(), Catch::Contains("while it starts\nSTART"));
}

TEST_CASE("a Python handler that ends its process has exited", "[environments]") {
  EnvironmentHouse house;
  const Outcome outcome = house.answer(house.function("python3.11", "index.py", R"(
import sys
def handler(event, context):
    sys.exit(7)
)"));
  CHECK(outcome.kind == OutcomeKind::exited);
  CHECK(outcome.error_message == "Runtime exited with error: exit status 7");
}

TEST_CASE("Node handlers are asynchronous, or call back, or do nothing", "[environments][node]") {
  EnvironmentHouse house;
  const auto running = house.start(house.function("nodejs20.x", "index.js", R"(
const os = require('node:os');
exports.handler = (event, context, callback) => {
  if (event === 'async') return Promise.resolve([context.awsRequestId, context.functionName, context.getRemainingTimeInMillis() > 0]);
  if (event === 'callback') setTimeout(() => callback(null, { said: event }), 1);
  if (event === 'fail') callback(new TypeError('called back'));
  if (event === 'throw') throw new RangeError('thrown');
};
)"));
  REQUIRE_FALSE(running->started.failure);
  CHECK(house.invoke(*running, "\"async\"").payload == R"(["request-1","f",true])");
  CHECK(house.invoke(*running, "\"callback\"").payload == R"({"said":"callback"})");
  CHECK(house.invoke(*running, "\"nothing\"").payload == "null");
  for (const auto& [event, type] :
       {std::pair("\"fail\"", "TypeError"), std::pair("\"throw\"", "RangeError")}) {
    const Outcome outcome = house.invoke(*running, event);
    CHECK(outcome.kind == OutcomeKind::function_error);
    CHECK(outcome.error_type == type);
    CHECK_THAT(outcome.payload, Catch::Contains("\"trace\":[\"" + std::string(type)));
    CHECK_THAT(outcome.log_tail, Catch::Contains("ERROR\tInvoke Error"));
  }
}

TEST_CASE("a Node handler may be an ES module, and log", "[environments][node]") {
  EnvironmentHouse house;
  EnvironmentSpec spec = house.function("nodejs20.x", "lib/index.mjs", R"(
import { basename } from 'node:path';
export const handler = async (event) => { console.log('heard', event); return basename(event.path); };
)");
  spec.handler = "lib/index.handler";
  const Outcome outcome = house.answer(spec, R"({"path": "/a/b"})");
  CHECK(outcome.payload == "\"b\"");
  CHECK_THAT(outcome.log_tail, Catch::Contains("\trequest-1\tINFO\theard { path: '/a/b' }\n"));
}

TEST_CASE("a Node module that cannot be had says so", "[environments][node]") {
  EnvironmentHouse house;
  EnvironmentSpec spec = house.function("nodejs20.x", "index.js", "exports.other = 1;\n");
  CHECK(house.answer(spec).error_type == "Runtime.HandlerNotFound");
  spec.handler = "missing.handler";
  const Outcome outcome = house.answer(spec);
  CHECK(outcome.kind == OutcomeKind::init_failed);
  CHECK(outcome.error_type == "Runtime.ImportModuleError");
}

TEST_CASE("a Node handler whose promise nobody awaits is an error", "[environments][node]") {
  EnvironmentHouse house;
  const auto running = house.start(house.function("nodejs20.x", "index.js", R"(
exports.handler = () => new Promise(() => { setTimeout(() => Promise.reject(new Error('lost')), 1); });
)"));
  const Outcome outcome = house.invoke(*running);
  CHECK(outcome.kind == OutcomeKind::function_error);
  CHECK(outcome.error_type == "Runtime.UnhandledPromiseRejection");
  house.wait_gone(*running);
}

}  // namespace
}  // namespace wukong::environments
