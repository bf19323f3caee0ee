#include "runtime/function_code/unzip.h"

#include <sys/stat.h>
#include <zip.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <memory>
#include <string>
#include <system_error>

namespace wukong::function_code {
namespace {

namespace filesystem = std::filesystem;

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, Discard>;
using Entry = std::unique_ptr<zip_file_t, Discard>;

Archive open_archive(std::string_view zip) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* const source = zip_source_buffer_create(zip.data(), zip.size(), 0, &error);
  if (source == nullptr) throw std::bad_alloc();
  zip_t* const archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
  if (archive != nullptr) return Archive(archive);
  zip_source_free(source);
  const std::string reason = zip_error_strerror(&error);
  zip_error_fini(&error);
  throw ZipError(ZipError::Kind::no_zip, "no zip file: " + reason);
}

// The Unix mode of an entry; zero if whoever made the file did not say.
mode_t mode_of(zip_t* archive, zip_uint64_t index) {
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  if (zip_file_get_external_attributes(archive, index, 0, &system, &attributes) != 0) return 0;
  return system == ZIP_OPSYS_UNIX ? static_cast<mode_t>(attributes >> 16) : 0;
}

// Returns how many bytes came out.
int64_t write_entry(zip_t* archive, zip_uint64_t index, const filesystem::path& path,
                    int64_t most) {
  const Entry entry(zip_fopen_index(archive, index, 0));
  if (!entry)
    throw ZipError(ZipError::Kind::no_zip, "no zip file: " + std::string(zip_strerror(archive)));
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  std::array<char, 65536> buffer;
  int64_t written = 0;
  while (true) {
    const zip_int64_t read = zip_fread(entry.get(), buffer.data(), buffer.size());
    if (read < 0) throw ZipError(ZipError::Kind::no_zip, "a damaged entry of a zip file");
    if (read == 0) break;
    written += read;
    if (written > most)
      throw ZipError(ZipError::Kind::too_large, "more than is allowed comes out of a zip file");
    file.write(buffer.data(), read);
  }
  file.close();
  if (!file)
    throw filesystem::filesystem_error(
        "a file of a package cannot be written", path,
        std::error_code(errno != 0 ? errno : EIO, std::generic_category()));
  return written;
}

}  // namespace

bool is_inside(std::string_view name) {
  if (name.empty() || name[0] == '/' || name.find('\\') != name.npos ||
      name.find('\0') != name.npos)
    return false;
  for (size_t begin = 0; begin <= name.size();) {
    const size_t end = std::min(name.find('/', begin), name.size());
    if (name.substr(begin, end - begin) == "..") return false;
    begin = end + 1;
  }
  return true;
}

void unzip(std::string_view zip, const filesystem::path& folder, const UnzipLimits& limits) {
  const Archive archive = open_archive(zip);
  const zip_int64_t entries = zip_get_num_entries(archive.get(), 0);
  if (entries <= 0) throw ZipError(ZipError::Kind::no_zip, "a zip file with nothing in it");
  if (entries > limits.entries)
    throw ZipError(ZipError::Kind::too_large, "a zip file of more entries than are allowed");
  filesystem::create_directories(folder);
  int64_t left = limits.bytes;
  for (zip_int64_t i = 0; i < entries; ++i) {
    const auto index = static_cast<zip_uint64_t>(i);
    zip_stat_t about;
    if (zip_stat_index(archive.get(), index, 0, &about) != 0)
      throw ZipError(ZipError::Kind::no_zip, "no zip file: an entry without a name");
    const std::string name = about.name;
    const mode_t mode = mode_of(archive.get(), index);
    const bool other_kind = S_ISLNK(mode) || S_ISCHR(mode) || S_ISBLK(mode) || S_ISFIFO(mode);
    if (!is_inside(name) || other_kind)
      throw ZipError(ZipError::Kind::unsafe_name,
                     "an entry of a zip file that would lie outside of its folder, or is neither "
                     "a file nor a folder: " +
                         name.substr(0, 200));
    const filesystem::path path = folder / name;
    if (name.back() == '/') {
      filesystem::create_directories(path);
      continue;
    }
    filesystem::create_directories(path.parent_path());
    left -= write_entry(archive.get(), index, path, left);
    const auto permissions = static_cast<filesystem::perms>(mode == 0 ? 0644 : mode & 0777);
    filesystem::permissions(
        path, permissions | filesystem::perms::owner_read | filesystem::perms::owner_write);
  }
}

}  // namespace wukong::function_code
