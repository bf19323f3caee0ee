#include "test/catch.h"
#include "test/runtime/control_plane/fake_account.h"

namespace wukong::test {
namespace {

const std::string kFunction = "/2015-03-31/functions/f";

TEST_CASE("a version is published only if something has changed since the last one", "[serve]") {
  FakeApi api;
  api.create("f");
  CHECK(api.document("POST", kFunction + "/versions").at("Version") == "1");
  CHECK(api.document("POST", kFunction + "/versions").at("Version") == "1");
  api.call("PUT", kFunction + "/code", R"({"ZipFile": "eXk="})");
  CHECK(api.document("POST", kFunction + "/versions").at("Version") == "2");
  const auto first = api.document("GET", kFunction + "/configuration?Qualifier=1");
  CHECK(first.at("CodeSha256") == "sha-z");
  CHECK(first.at("FunctionArn") == "arn:aws:lambda:us-east-1:000000000000:function:f:1");
  const auto versions = api.document("GET", kFunction + "/versions").at("Versions").as_array();
  REQUIRE(versions.size() == 3);
  CHECK(versions[0].at("Version") == "$LATEST");
  CHECK(versions[2].at("Version") == "2");
}

TEST_CASE("a version of other code than was meant is not published", "[serve]") {
  FakeApi api;
  api.create("f");
  const http::Response response =
      api.call("POST", kFunction + "/versions", R"({"CodeSha256": "other"})");
  CHECK(error_of(response) == "400 InvalidParameterValueException");
}

TEST_CASE("numbers of deleted versions are not used again", "[serve]") {
  FakeApi api;
  api.create("f", R"(, "Publish": true)");
  CHECK(api.call("DELETE", kFunction + "?Qualifier=1").status == 204);
  CHECK(api.document("POST", kFunction + "/versions").at("Version") == "2");
  CHECK(error_of(api.call("DELETE", kFunction + "?Qualifier=$LATEST")) ==
        "400 InvalidParameterValueException");
}

TEST_CASE("an alias points to a version, and keeps it", "[serve]") {
  FakeApi api;
  api.create("f", R"(, "Publish": true)");
  const auto alias =
      api.document("POST", kFunction + "/aliases", R"({"Name": "live", "FunctionVersion": "1"})");
  CHECK(alias.at("AliasArn") == "arn:aws:lambda:us-east-1:000000000000:function:f:live");
  CHECK(api.document("GET", kFunction + "/configuration?Qualifier=live").at("Version") == "1");
  CHECK(error_of(api.call("DELETE", kFunction + "?Qualifier=1")) ==
        "409 ResourceConflictException");
  CHECK(error_of(api.call("POST", kFunction + "/aliases",
                          R"({"Name": "live", "FunctionVersion": "1"})")) ==
        "409 ResourceConflictException");
  CHECK(error_of(api.call("POST", kFunction + "/aliases",
                          R"({"Name": "12", "FunctionVersion": "1"})")) ==
        "400 ValidationException");
  CHECK(error_of(api.call("POST", kFunction + "/aliases",
                          R"({"Name": "next", "FunctionVersion": "9"})")) ==
        "404 ResourceNotFoundException");
  CHECK(api.call("DELETE", kFunction + "/aliases/live").status == 204);
  CHECK(error_of(api.call("GET", kFunction + "/aliases/live")) == "404 ResourceNotFoundException");
}

TEST_CASE("an alias with weights gives other versions their share", "[serve]") {
  FakeApi api;
  api.create("f", R"(, "Publish": true)");
  api.call("PUT", kFunction + "/code", R"({"ZipFile": "eXk=", "Publish": true})");
  api.call("POST", kFunction + "/aliases",
           R"({"Name": "live", "FunctionVersion": "1",
               "RoutingConfig": {"AdditionalVersionWeights": {"2": 0.25}}})");
  const lambda_api::Function& function = api.plane.functions().at("f");
  const auto chosen = [&](double draw) {
    return control_plane::ControlPlane::version_of(api.limits, function, "live", draw).number;
  };
  CHECK(chosen(0.24) == "2");
  CHECK(chosen(0.26) == "1");
}

}  // namespace
}  // namespace wukong::test
