// A control plane whose account runs nothing: requests in, responses out, and what was told.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "runtime/control_plane/control_plane.h"
#include "runtime/lambda_api/api_error.h"
#include "runtime/lambda_api/route.h"

namespace wukong::test {

class FakeAccount final : public control_plane::Effects {
 public:
  int64_t now_ms() override { return now; }
  std::string new_id() override { return "id-" + std::to_string(++ids_); }
  lambda_api::CodePackage store(const control_plane::CodeSource& source) override {
    const auto* zip = std::get_if<control_plane::ZipFile>(&source);
    const std::string bytes =
        zip != nullptr ? zip->bytes : std::get<control_plane::LocalPath>(source).path;
    return {"code-" + bytes, "sha-" + bytes, static_cast<int64_t>(bytes.size())};
  }
  void changed(const lambda_api::Function& function) override {
    told.push_back("changed " + function.name);
  }
  void removed(const std::string& name) override { told.push_back("removed " + name); }
  int64_t provisioned_ready(const std::string&, const std::string&) override { return ready; }

  int64_t now = 1'700'000'000'123;
  int64_t ready = 0;
  std::vector<std::string> told;

 private:
  int ids_ = 0;
};

// The account's API.
struct FakeApi {
  explicit FakeApi(lambda_api::Limits with = {}) : limits(std::move(with)) {}

  http::Response call(const std::string& method, const std::string& target,
                      const std::string& body = "") {
    http::Request request;
    request.method = method;
    request.target = target;
    request.body = body;
    try {
      return plane.answer(lambda_api::route_of(request), request);
    } catch (const lambda_api::ApiError& error) {
      return error.response();
    }
  }
  // A 2xx answer's document.
  boost::json::object document(const std::string& method, const std::string& target,
                               const std::string& body = "") {
    const http::Response response = call(method, target, body);
    if (response.status >= 300) throw std::runtime_error(response.body);
    return boost::json::parse(response.body).as_object();
  }
  http::Response create(const std::string& name, const std::string& more = "") {
    return call("POST", "/2015-03-31/functions",
                R"({"FunctionName": ")" + name +
                    R"(", "Runtime": "python3.12", "Handler": "app.handler",
                    "Role": "arn:aws:iam::000000000000:role/r", "Code": {"ZipFile": "eg=="})" +
                    more + "}");
  }

  FakeAccount account;
  lambda_api::Limits limits;
  control_plane::ControlPlane plane{limits, {}, account};
};

inline std::string header_of(const http::Response& response, const std::string& name) {
  for (const auto& [key, value] : response.headers)
    if (key == name) return value;
  return "";
}

inline std::string error_of(const http::Response& response) {
  return std::to_string(response.status) + " " + header_of(response, "x-amzn-ErrorType");
}

}  // namespace wukong::test
