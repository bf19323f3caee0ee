// Keeps what the control operations change, and has it run: the account behind them.
#pragma once

#include <string>

#include "runtime/control_plane/control_plane.h"
#include "runtime/function_state/state_file.h"
#include "runtime/serving/code_store.h"
#include "runtime/serving/deployments.h"
#include "sim/base/random.h"

namespace wukong::serving {

class Account final : public control_plane::Effects {
 public:
  // All outlive it.
  Account(function_state::StateFile& state, CodeStore& code, Deployments& deployments,
          RandomStream& random);

  // Of an earlier server: all are deployed. Throws Error, which names the function, if one cannot
  // be.
  lambda_api::Functions restore();

  int64_t now_ms() override;
  std::string new_id() override;
  lambda_api::CodePackage store(const control_plane::CodeSource& source) override;
  void changed(const lambda_api::Function& function) override;
  void removed(const std::string& name) override;
  int64_t provisioned_ready(const std::string& name, const std::string& version) override;

 private:
  function_state::StateFile& state_;
  CodeStore& code_;
  Deployments& deployments_;
  RandomStream& random_;
};

}  // namespace wukong::serving
