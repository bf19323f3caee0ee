#include "test/catch.h"
#include "test/runtime/control_plane/fake_account.h"

namespace wukong::test {
namespace {

const std::string kFunctions = "/2015-03-31/functions";

std::string text_of(const boost::json::object& document, const char* key) {
  return std::string(document.at(key).as_string());
}

TEST_CASE("a function that is created is Pending, then Active, with AWS's defaults", "[serve]") {
  lambda_api::Limits limits;
  limits.activation_ms = 500;
  FakeApi api(limits);
  const http::Response created = api.create("f");
  REQUIRE(created.status == 201);
  const boost::json::object document = boost::json::parse(created.body).as_object();
  CHECK(text_of(document, "FunctionArn") == "arn:aws:lambda:us-east-1:000000000000:function:f");
  CHECK(text_of(document, "State") == "Pending");
  CHECK(text_of(document, "StateReasonCode") == "Creating");
  CHECK(document.contains("LastUpdateStatus") == false);
  CHECK(text_of(document, "LastModified") == "2023-11-14T22:13:20.123+0000");
  CHECK(text_of(document, "CodeSha256") == "sha-z");
  CHECK(text_of(document, "Version") == "$LATEST");
  CHECK(text_of(document, "PackageType") == "Zip");
  CHECK(document.at("Timeout") == 3);
  CHECK(document.at("MemorySize") == 128);
  CHECK(document.at("EphemeralStorage").at("Size") == 512);
  CHECK(api.account.told == std::vector<std::string>{"changed f"});
  api.account.now += 500;
  const auto configuration = api.document("GET", kFunctions + "/f/configuration");
  CHECK(text_of(configuration, "State") == "Active");
  CHECK(text_of(configuration, "LastUpdateStatus") == "Successful");
}

TEST_CASE("a name is taken once", "[serve]") {
  FakeApi api;
  api.create("f");
  const http::Response again = api.create("f");
  CHECK(error_of(again) == "409 ResourceConflictException");
  CHECK(again.body == R"({"Type":"User","message":"Function already exist: f"})");
}

TEST_CASE("what is not there is told with its ARN, and with an upper-case Message", "[serve]") {
  FakeApi api;
  const http::Response response = api.call("GET", kFunctions + "/nobody");
  CHECK(error_of(response) == "404 ResourceNotFoundException");
  CHECK(response.body == R"({"Type":"User","Message":"Function not found: )"
                         R"(arn:aws:lambda:us-east-1:000000000000:function:nobody"})");
}

TEST_CASE("a function is found by its name, its ARN and a part of that, percent-encoded or not",
          "[serve]") {
  FakeApi api;
  api.create("f");
  for (const char* name :
       {"f", "arn:aws:lambda:us-east-1:000000000000:function:f", "000000000000:function:f",
        "function:f", "arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Af", "f:$LATEST",
        "f%3A%24LATEST"}) {
    INFO(name);
    CHECK(api.call("GET", kFunctions + "/" + name).status == 200);
  }
  CHECK(error_of(api.call("GET", kFunctions + "/f%20g")) == "400 ValidationException");
  CHECK(error_of(api.call("GET", kFunctions + "/f:1?Qualifier=2")) ==
        "400 InvalidParameterValueException");
  CHECK(error_of(api.call("GET", kFunctions + "/f?Qualifier=7")) ==
        "404 ResourceNotFoundException");
}

TEST_CASE("values out of their ranges are all told at once", "[serve]") {
  FakeApi api;
  const http::Response response = api.create("f", R"(, "Timeout": 901, "MemorySize": 64)");
  CHECK(error_of(response) == "400 ValidationException");
  CHECK(boost::json::parse(response.body).at("message") ==
        "2 validation errors detected: Value '901' at 'timeout' failed to satisfy constraint: "
        "Member must have value less than or equal to 900; Value '64' at 'memorySize' failed to "
        "satisfy constraint: Member must have value greater than or equal to 128");
}

TEST_CASE("what cannot run, or is no function, is refused as AWS refuses it", "[serve]") {
  FakeApi api;
  CHECK(error_of(api.create("f", R"(, "PackageType": "Image")")) ==
        "400 InvalidParameterValueException");
  CHECK(error_of(api.create("f", R"(, "Runtime": "cobol")")) ==
        "400 InvalidParameterValueException");
  CHECK(error_of(api.create("f", R"(, "Timeout": "soon")")) == "400 SerializationException");
  CHECK(error_of(api.create("f", R"(, "Environment": {"Variables": {"AWS_REGION": "x"}})")) ==
        "400 InvalidParameterValueException");
  CHECK(error_of(api.create("f", R"(, "Environment": {"Variables": {"A_B": ")" +
                                     std::string(5000, 'x') + R"("}})")) ==
        "400 InvalidParameterValueException");
  CHECK(error_of(api.create("f", R"(, "LoggingConfig": {"LogGroup": "../../etc"})")) ==
        "400 ValidationException");
  CHECK(error_of(api.call("POST", kFunctions, "{")) == "400 SerializationException");
  CHECK(error_of(api.call("POST", kFunctions, "{}")) == "400 ValidationException");
  CHECK(api.account.told.empty());
}

TEST_CASE("an update is in progress for a while, in which no other one is taken", "[serve]") {
  lambda_api::Limits limits;
  limits.activation_ms = 100;
  FakeApi api(limits);
  api.create("f");
  const std::string path = kFunctions + "/f/configuration";
  CHECK(error_of(api.call("PUT", path, R"({"Timeout": 9})")) == "409 ResourceConflictException");
  api.account.now += 100;
  const auto updated = api.document("PUT", path, R"({"Timeout": 9})");
  CHECK(updated.at("Timeout") == 9);
  CHECK(text_of(updated, "LastUpdateStatus") == "InProgress");
  CHECK(error_of(api.call("PUT", path, R"({"Timeout": 8})")) == "409 ResourceConflictException");
  api.account.now += 100;
  CHECK(text_of(api.document("GET", path), "LastUpdateStatus") == "Successful");
  CHECK(text_of(api.document("GET", path), "Handler") == "app.handler");
}

TEST_CASE("a stale revision changes nothing", "[serve]") {
  FakeApi api;
  api.create("f");
  const http::Response response =
      api.call("PUT", kFunctions + "/f/configuration", R"({"Timeout": 9, "RevisionId": "old"})");
  CHECK(error_of(response) == "412 PreconditionFailedException");
  CHECK(api.document("GET", kFunctions + "/f/configuration").at("Timeout") == 3);
}

TEST_CASE("functions are listed by name, a page at a time", "[serve]") {
  FakeApi api;
  for (const char* name : {"c", "a", "d", "b", "e"}) api.create(name);
  std::string names, marker;
  int pages = 0;
  do {
    const std::string more = marker.empty() ? "" : "&Marker=" + marker;
    const auto page = api.document("GET", kFunctions + "?MaxItems=2" + more);
    for (const auto& one : page.at("Functions").as_array())
      names += std::string(one.at("FunctionName").as_string());
    marker = page.contains("NextMarker") ? text_of(page, "NextMarker") : "";
    ++pages;
  } while (!marker.empty());
  CHECK(names == "abcde");
  CHECK(pages == 3);
  CHECK(error_of(api.call("GET", kFunctions + "?MaxItems=0")) == "400 ValidationException");
}

TEST_CASE("a function that is deleted is gone", "[serve]") {
  FakeApi api;
  api.create("f");
  CHECK(api.call("DELETE", kFunctions + "/f").status == 204);
  CHECK(api.call("GET", kFunctions + "/f").status == 404);
  CHECK(api.call("DELETE", kFunctions + "/f").status == 404);
  CHECK(api.account.told.back() == "removed f");
}

TEST_CASE("unknown paths are answered with JSON, as an error of AWS's", "[serve]") {
  FakeApi api;
  for (const char* target : {"/", "/2018-10-31/layers", "/2015-03-31/functions/f/nothing"}) {
    const http::Response response = api.call("GET", target);
    CHECK(error_of(response) == "404 UnknownOperationException");
    CHECK(boost::json::parse(response.body).is_object());
  }
}

}  // namespace
}  // namespace wukong::test
