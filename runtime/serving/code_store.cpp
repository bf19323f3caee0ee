#include "runtime/serving/code_store.h"

#include <fstream>
#include <iterator>
#include <utility>

#include "runtime/digests/sha256.h"
#include "runtime/function_code/unzip.h"
#include "runtime/lambda_api/api_error.h"
#include "runtime/lambda_api/text_codes.h"
#include "sim/base/error.h"

namespace wukong::serving {

namespace filesystem = std::filesystem;

namespace {

constexpr std::string_view kFolder = "folder:";

lambda_api::ApiError refused(const function_code::ZipError& error,
                             const lambda_api::Limits& limits) {
  if (error.kind() == function_code::ZipError::Kind::too_large)
    return lambda_api::invalid_parameter("Unzipped size must be smaller than " +
                                         std::to_string(limits.unzipped) + " bytes");
  return lambda_api::invalid_parameter(
      "Could not unzip uploaded file. Please check your file, then try to upload again. (" +
      std::string(error.what()) + ")");
}

}  // namespace

CodeStore::CodeStore(const lambda_api::Limits& limits, function_state::StateFile& state,
                     filesystem::path folder)
    : limits_(limits), state_(state), folder_(std::move(folder)) {}

lambda_api::CodePackage CodeStore::store(const control_plane::CodeSource& source) {
  if (const auto* zip = std::get_if<control_plane::ZipFile>(&source)) return store_zip(zip->bytes);
  const filesystem::path path = std::get<control_plane::LocalPath>(source).path;
  std::error_code ignored;
  if (!path.is_absolute())
    throw lambda_api::invalid_parameter("S3Key is no absolute path: " + path.string());
  if (filesystem::is_directory(path, ignored)) return use_folder(path);
  // Devices and pipes have no end, or keep the server waiting.
  std::ifstream file;
  if (filesystem::is_regular_file(path, ignored)) file.open(path, std::ios::binary);
  if (!file.is_open())
    throw lambda_api::invalid_parameter(
        "Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: there is no "
        "readable file or folder " +
        path.string());
  const auto size = filesystem::file_size(path, ignored);
  if (static_cast<int64_t>(size) > limits_.unzipped)
    throw lambda_api::invalid_parameter("Unzipped size must be smaller than " +
                                        std::to_string(limits_.unzipped) + " bytes");
  return store_zip(std::string(std::istreambuf_iterator<char>(file), {}));
}

lambda_api::CodePackage CodeStore::store_zip(const std::string& bytes) {
  const std::string digest = digests::sha256(bytes);
  lambda_api::CodePackage code{digests::hexadecimal(digest), lambda_api::base64(digest),
                               static_cast<int64_t>(bytes.size())};
  try {
    unpack(code.id, bytes);
  } catch (const function_code::ZipError& error) {
    throw refused(error, limits_);
  }
  state_.put_code(code.id, bytes);
  return code;
}

// Whoever changes its files sees that at the next cold start; the digest is of its path alone.
lambda_api::CodePackage CodeStore::use_folder(const filesystem::path& path) const {
  const std::string id = std::string(kFolder) + path.string();
  return {id, lambda_api::base64(digests::sha256(id)), 0};
}

void CodeStore::unpack(const std::string& id, const std::string& bytes) {
  const filesystem::path target = folder_ / id;
  std::error_code ignored;
  if (filesystem::exists(target, ignored)) return;
  const filesystem::path partial = folder_ / (id + ".partial");
  filesystem::remove_all(partial);
  try {
    function_code::unzip(bytes, partial, {.bytes = limits_.unzipped});
  } catch (...) {
    filesystem::remove_all(partial, ignored);
    throw;
  }
  filesystem::rename(partial, target);
}

filesystem::path CodeStore::folder_of(const lambda_api::CodePackage& code) {
  if (code.id.rfind(kFolder, 0) == 0) return code.id.substr(kFolder.size());
  std::error_code ignored;
  if (filesystem::exists(folder_ / code.id, ignored)) return folder_ / code.id;
  const std::optional<std::string> bytes = state_.code(code.id);
  if (!bytes) throw Error({"", 0, ""}, "a function's package is not in the state file: " + code.id);
  unpack(code.id, *bytes);
  return folder_ / code.id;
}

}  // namespace wukong::serving
