#include "runtime/serving/account.h"

#include <chrono>
#include <set>
#include <stdexcept>
#include <utility>

#include "runtime/lambda_api/api_error.h"
#include "runtime/lambda_api/record_text.h"
#include "runtime/lambda_api/text_codes.h"
#include "sim/base/error.h"

namespace wukong::serving {

Account::Account(function_state::StateFile& state, CodeStore& code, Deployments& deployments,
                 RandomStream& random)
    : state_(state), code_(code), deployments_(deployments), random_(random) {}

lambda_api::Functions Account::restore() {
  lambda_api::Functions functions;
  std::set<std::string> needed;
  for (const auto& [name, text] : state_.functions()) {
    try {
      lambda_api::Function function = lambda_api::from_text(text);
      needed.insert(function.latest.code.id);
      for (const auto& [number, version] : function.versions) needed.insert(version.code.id);
      deployments_.apply(function);
      functions.emplace(name, std::move(function));
    } catch (const std::exception& error) {
      throw Error({"", 0, name},
                  std::string("a function of the state file cannot be restored: ") + error.what());
    }
  }
  state_.keep_code(needed);
  return functions;
}

int64_t Account::now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string Account::new_id() {
  const uint64_t first = random_.next();
  return lambda_api::uuid(first, random_.next());
}

lambda_api::CodePackage Account::store(const control_plane::CodeSource& source) {
  return code_.store(source);
}

void Account::changed(const lambda_api::Function& function) {
  try {
    deployments_.apply(function);
  } catch (const Error& error) {
    throw lambda_api::invalid_parameter(error.what());
  }
  state_.put_function(function.name, lambda_api::to_text(function));
}

void Account::removed(const std::string& name) {
  deployments_.remove(name);
  state_.erase_function(name);
}

int64_t Account::provisioned_ready(const std::string& name, const std::string& version) {
  return deployments_.provisioned_ready(name, version);
}

}  // namespace wukong::serving
