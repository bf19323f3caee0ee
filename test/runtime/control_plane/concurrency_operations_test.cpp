#include "test/catch.h"
#include "test/runtime/control_plane/fake_account.h"

namespace wukong::test {
namespace {

const std::string kReserved = "/2017-10-31/functions/f/concurrency";
const std::string kProvisioned = "/2019-09-30/functions/f/provisioned-concurrency";
const std::string kEvents = "/2019-09-25/functions/f/event-invoke-config";
const std::string kUrl = "/2021-10-31/functions/f/url";

TEST_CASE("what is reserved leaves a hundred of the account's concurrency to all", "[serve]") {
  FakeApi api;
  api.create("f");
  const http::Response most =
      api.call("PUT", kReserved, R"({"ReservedConcurrentExecutions": 901})");
  CHECK(error_of(most) == "400 InvalidParameterValueException");
  CHECK(most.body.find("below its minimum value of [100]") != std::string::npos);
  CHECK(api.call("PUT", kReserved, R"({"ReservedConcurrentExecutions": 900})").status == 200);
  const auto settings = api.document("GET", "/2016-08-19/account-settings");
  CHECK(settings.at("AccountLimit").at("ConcurrentExecutions") == 1000);
  CHECK(settings.at("AccountLimit").at("UnreservedConcurrentExecutions") == 100);
  CHECK(settings.at("AccountUsage").at("FunctionCount") == 1);
  // Less, and as much again, always fit.
  CHECK(api.call("PUT", kReserved, R"({"ReservedConcurrentExecutions": 0})").status == 200);
  CHECK(api.call("PUT", kReserved, R"({"ReservedConcurrentExecutions": 900})").status == 200);
  CHECK(api.document("GET", "/2019-09-30/functions/f/concurrency")
            .at("ReservedConcurrentExecutions") == 900);
  CHECK(api.call("DELETE", kReserved).status == 204);
  CHECK(api.document("GET", "/2019-09-30/functions/f/concurrency").empty());
}

TEST_CASE("what is provisioned comes up, and is within what is reserved", "[serve]") {
  FakeApi api;
  api.create("f", R"(, "Publish": true)");
  const std::string two = R"({"ProvisionedConcurrentExecutions": 2})";
  CHECK(error_of(api.call("PUT", kProvisioned + "?Qualifier=$LATEST", two)) ==
        "400 InvalidParameterValueException");
  CHECK(error_of(api.call("GET", kProvisioned + "?Qualifier=1")) ==
        "404 ProvisionedConcurrencyConfigNotFoundException");
  const http::Response put = api.call("PUT", kProvisioned + "?Qualifier=1", two);
  CHECK(put.status == 202);
  CHECK(boost::json::parse(put.body).at("Status") == "IN_PROGRESS");
  api.account.ready = 2;
  const auto ready = api.document("GET", kProvisioned + "?Qualifier=1");
  CHECK(ready.at("Status") == "READY");
  CHECK(ready.at("AvailableProvisionedConcurrentExecutions") == 2);
  CHECK(error_of(api.call("PUT", kReserved, R"({"ReservedConcurrentExecutions": 1})")) ==
        "400 InvalidParameterValueException");
  CHECK(api.document("GET", kProvisioned + "?List=ALL")
            .at("ProvisionedConcurrencyConfigs")
            .as_array()
            .size() == 1);
  CHECK(api.call("DELETE", kProvisioned + "?Qualifier=1").status == 204);
}

TEST_CASE("retries and ages of events have AWS's bounds", "[serve]") {
  FakeApi api;
  api.create("f");
  CHECK(error_of(api.call("GET", kEvents)) == "404 ResourceNotFoundException");
  CHECK(error_of(api.call("PUT", kEvents, R"({"MaximumRetryAttempts": 3})")) ==
        "400 ValidationException");
  const auto config = api.document(
      "PUT", kEvents, R"({"MaximumRetryAttempts": 0, "MaximumEventAgeInSeconds": 60})");
  CHECK(config.at("MaximumRetryAttempts") == 0);
  CHECK(config.at("FunctionArn") == "arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST");
  api.call("POST", kEvents, R"({"MaximumRetryAttempts": 1})");
  CHECK(api.document("GET", kEvents).at("MaximumEventAgeInSeconds") == 60);
  api.call("PUT", kEvents, R"({"MaximumRetryAttempts": 1})");
  CHECK(api.document("GET", kEvents).contains("MaximumEventAgeInSeconds") == false);
}

TEST_CASE("a function has one URL for each qualifier", "[serve]") {
  lambda_api::Limits limits;
  limits.endpoint = "http://127.0.0.1:9000";
  FakeApi api(limits);
  api.create("f");
  const http::Response created = api.call("POST", kUrl, R"({"AuthType": "NONE"})");
  CHECK(created.status == 201);
  CHECK(boost::json::parse(created.body).at("FunctionUrl") == "http://127.0.0.1:9000/url/f/");
  CHECK(error_of(api.call("POST", kUrl, R"({"AuthType": "NONE"})")) ==
        "409 ResourceConflictException");
  CHECK(error_of(api.call("PUT", kUrl, R"({"AuthType": "SOME"})")) == "400 ValidationException");
  CHECK(api.call("DELETE", kUrl).status == 204);
  CHECK(api.call("GET", kUrl).status == 404);
}

TEST_CASE("tags are set, told and taken back", "[serve]") {
  FakeApi api;
  api.create("f", R"(, "Tags": {"a": "1"})");
  const std::string tags = "/2017-03-31/tags/arn:aws:lambda:us-east-1:000000000000:function:f";
  CHECK(api.call("POST", tags, R"({"Tags": {"b": "2", "c": "3"}})").status == 204);
  CHECK(api.call("DELETE", tags + "?tagKeys=a&tagKeys=c").status == 204);
  CHECK(api.call("GET", tags).body == R"({"Tags":{"b":"2"}})");
}

}  // namespace
}  // namespace wukong::test
