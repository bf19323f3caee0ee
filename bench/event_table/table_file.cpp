#include "bench/event_table/table_file.h"

#include <zlib.h>

#include <array>
#include <new>

#include "sim/base/check.h"

namespace wukong::event_table {
namespace {

constexpr int kGzip = 16;  // added to the window's bits: with gzip's header, not zlib's
constexpr int kMemoryLevel = 8;

}  // namespace

struct TableFile::Packer {
  z_stream stream{};
  std::array<char, 65536> packed{};

  Packer() {
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + kGzip, kMemoryLevel,
                     Z_DEFAULT_STRATEGY) != Z_OK)
      throw std::bad_alloc();
  }
  Packer(const Packer&) = delete;
  Packer& operator=(const Packer&) = delete;
  ~Packer() { deflateEnd(&stream); }
};

TableFile::TableFile(const std::string& path) : file_(path) {
  if (path.ends_with(".gz")) packer_ = std::make_unique<Packer>();
}

TableFile::~TableFile() = default;

void TableFile::write(std::string_view text) {
  if (packer_ == nullptr) return file_.write(text);
  pack(text, Z_NO_FLUSH);
}

void TableFile::pack(std::string_view text, int flush) {
  z_stream& stream = packer_->stream;
  // zlib does not write through this pointer, which is not const for the sake of old C.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  do {
    stream.next_out = reinterpret_cast<Bytef*>(packer_->packed.data());
    stream.avail_out = static_cast<uInt>(packer_->packed.size());
    const int status = deflate(&stream, flush);
    ENSURE(status != Z_STREAM_ERROR, status);
    file_.write({packer_->packed.data(), packer_->packed.size() - stream.avail_out});
  } while (stream.avail_out == 0);
}

void TableFile::close() {
  if (packer_ != nullptr) pack({}, Z_FINISH);
  file_.close();
}

}  // namespace wukong::event_table
