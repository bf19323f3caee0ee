// The Lambda API's control operations on the account's functions: a request in, a response out.
// What they change is done first here, in values, and then told to whoever keeps and runs functions
// (Effects). For one thread.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "runtime/http/http_message.h"
#include "runtime/lambda_api/limits.h"
#include "runtime/lambda_api/records.h"
#include "runtime/lambda_api/route.h"

namespace wukong::control_plane {

struct ZipFile {
  std::string bytes;
};
// An extension: S3Bucket is "file", and S3Key a path on this machine, of a zip file or a folder.
struct LocalPath {
  std::string path;
};
using CodeSource = std::variant<ZipFile, LocalPath>;

class Effects {
 public:
  virtual ~Effects() = default;
  virtual int64_t now_ms() = 0;  // since 1970
  virtual std::string new_id() = 0;
  // Keeps the code, unpacked. Throws ApiError if it is none.
  virtual lambda_api::CodePackage store(const CodeSource& source) = 0;
  // A function is there, or has changed in any way; to be kept before the client hears of it.
  virtual void changed(const lambda_api::Function& function) = 0;
  virtual void removed(const std::string& name) = 0;
  // Of what is provisioned for the version: how many environments have come up.
  virtual int64_t provisioned_ready(const std::string& name, const std::string& version) = 0;
};

class ControlPlane {
 public:
  // The effects outlive it.
  ControlPlane(const lambda_api::Limits& limits, lambda_api::Functions functions, Effects& effects);

  // REQUIRES: it is no invocation. Throws ApiError.
  http::Response answer(const lambda_api::Route& route, const http::Request& request);

  const lambda_api::Functions& functions() const { return functions_; }
  const lambda_api::Limits& limits() const { return limits_; }

  // What a qualifier means; of an alias with weights, `draw` from [0, 1) says which version. Throws
  // ApiError if the function has none such.
  static const lambda_api::Version& version_of(const lambda_api::Limits& limits,
                                               const lambda_api::Function& function,
                                               const std::string& qualifier, double draw = 1);
  // Throws ApiError.
  const lambda_api::Function& function(const lambda_api::FunctionName& name) const;

 private:
  using Function = lambda_api::Function;
  using Route = lambda_api::Route;

  http::Response create_function(const http::Request& request);
  http::Response update_configuration(const Route& route, const http::Request& request);
  http::Response update_code(const Route& route, const http::Request& request);
  http::Response delete_function(const Route& route);
  http::Response get_function(const Route& route) const;
  http::Response get_configuration(const Route& route) const;
  http::Response list_functions(const Route& route) const;
  http::Response publish_version(const Route& route, const http::Request& request);
  http::Response list_versions(const Route& route) const;
  http::Response answer_alias(const Route& route, const http::Request& request);
  http::Response answer_concurrency(const Route& route, const http::Request& request);
  http::Response answer_provisioned(const Route& route, const http::Request& request);
  http::Response answer_event_config(const Route& route, const http::Request& request);
  http::Response answer_url(const Route& route, const http::Request& request);
  http::Response answer_tags(const Route& route, const http::Request& request);

  lambda_api::FunctionName name_of(const Route& route) const;
  Function& find(const Route& route);
  const Function& find(const Route& route) const;
  void require_changeable(const Function& function) const;
  void require_unreserved(const Function& function, int64_t own) const;
  const lambda_api::Version& publish(Function& function, const std::string& description);
  void forget_version(Function& function, const std::string& number);
  // The latest version has changed now.
  void touch(Function& function);

  lambda_api::Limits limits_;
  lambda_api::Functions functions_;
  Effects& effects_;
};

}  // namespace wukong::control_plane
