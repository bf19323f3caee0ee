#include "runtime/function_code/unzip.h"

#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "test/catch.h"

namespace wukong::function_code {
namespace {

namespace filesystem = std::filesystem;

struct Folder {
  Folder()
      : path(filesystem::temp_directory_path() / ("wukong-unzip-" + std::to_string(getpid()))) {
    filesystem::remove_all(path);
    filesystem::create_directories(path);
  }
  ~Folder() { filesystem::remove_all(path); }
  filesystem::path path;
};

struct Packed {
  std::string name;
  std::string content;
  mode_t mode = S_IFREG | 0644;
};

std::string zip_of(const Folder& folder, const std::vector<Packed>& files) {
  const std::string path = (folder.path / "made.zip").string();
  zip_t* const archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  for (const Packed& file : files) {
    zip_source_t* const source =
        zip_source_buffer(archive, file.content.data(), file.content.size(), 0);
    const zip_int64_t index = zip_file_add(archive, file.name.c_str(), source, ZIP_FL_ENC_UTF_8);
    zip_file_set_external_attributes(archive, static_cast<zip_uint64_t>(index), 0, ZIP_OPSYS_UNIX,
                                     static_cast<zip_uint32_t>(file.mode) << 16);
  }
  zip_close(archive);
  std::ifstream made(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(made), {}};
}

std::optional<ZipError::Kind> refusal(const std::string& zip, const filesystem::path& into,
                                      const UnzipLimits& limits = {}) {
  try {
    unzip(zip, into, limits);
  } catch (const ZipError& error) {
    return error.kind();
  }
  return std::nullopt;
}

TEST_CASE("a package is unpacked with its folders and permissions", "[serve]") {
  const Folder folder;
  const std::string zip = zip_of(
      folder, {{"bootstrap", "#!/bin/sh\n", S_IFREG | 0755}, {"package/module.py", "x = 1\n"}});
  unzip(zip, folder.path / "code", {});
  std::ifstream module(folder.path / "code/package/module.py");
  CHECK(std::string(std::istreambuf_iterator<char>(module), {}) == "x = 1\n");
  CHECK(access((folder.path / "code/bootstrap").c_str(), X_OK) == 0);
  CHECK(access((folder.path / "code/package/module.py").c_str(), X_OK) != 0);
}

TEST_CASE("nothing is written outside of the folder", "[serve]") {
  const Folder folder;
  for (const char* name : {"../out", "a/../../out", "/tmp/wukong-out", "a\\..\\out", ".."}) {
    INFO(name);
    CHECK(refusal(zip_of(folder, {{name, "x"}}), folder.path / "code") ==
          ZipError::Kind::unsafe_name);
    CHECK_FALSE(filesystem::exists(folder.path / "out"));
    CHECK_FALSE(is_inside(name));
  }
  CHECK(is_inside("a..b/..c"));
  CHECK(refusal(zip_of(folder, {{"link", "/etc", S_IFLNK | 0777}}), folder.path / "code") ==
        ZipError::Kind::unsafe_name);
}

TEST_CASE("a zip file that grows beyond the limit is not unpacked further", "[serve]") {
  const Folder folder;
  const std::string bomb = zip_of(folder, {{"zeros", std::string(1 << 20, '\0')}});
  CHECK(bomb.size() < 10000);
  CHECK(refusal(bomb, folder.path / "code", {.bytes = 100'000}) == ZipError::Kind::too_large);
  CHECK(filesystem::file_size(folder.path / "code/zeros") <= 100'000);
  const std::string many = zip_of(folder, {{"a", ""}, {"b", ""}, {"c", ""}});
  CHECK(refusal(many, folder.path / "more", {.entries = 2}) == ZipError::Kind::too_large);
}

TEST_CASE("what is no zip file, or half of one, is refused", "[serve]") {
  const Folder folder;
  CHECK(refusal("hello", folder.path / "code") == ZipError::Kind::no_zip);
  CHECK(refusal("", folder.path / "code") == ZipError::Kind::no_zip);
  const std::string zip = zip_of(folder, {{"a", std::string(5000, 'x')}});
  CHECK(refusal(zip.substr(0, zip.size() / 2), folder.path / "code") == ZipError::Kind::no_zip);
}

}  // namespace
}  // namespace wukong::function_code
