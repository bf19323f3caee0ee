// The functions' packages: zip files are kept in the state file and unpacked into a folder when
// they are first needed; folders of this machine are used as they are.
#pragma once

#include <cstdint>
#include <filesystem>

#include "runtime/control_plane/control_plane.h"
#include "runtime/function_state/state_file.h"
#include "runtime/lambda_api/limits.h"
#include "runtime/lambda_api/records.h"

namespace wukong::serving {

class CodeStore {
 public:
  // All outlive it. `folder` is its own.
  CodeStore(const lambda_api::Limits& limits, function_state::StateFile& state,
            std::filesystem::path folder);

  // Throws ApiError.
  lambda_api::CodePackage store(const control_plane::CodeSource& source);
  // Unpacked. Throws Error if it has gone since it was stored.
  std::filesystem::path folder_of(const lambda_api::CodePackage& code);

 private:
  lambda_api::CodePackage store_zip(const std::string& bytes);
  lambda_api::CodePackage use_folder(const std::filesystem::path& path) const;
  void unpack(const std::string& id, const std::string& bytes);

  const lambda_api::Limits& limits_;
  function_state::StateFile& state_;
  std::filesystem::path folder_;
};

}  // namespace wukong::serving
