#include "workloads/csv/gunzip.h"

#include <zlib.h>

#include <new>

namespace wukong::csv {
namespace {

constexpr size_t kPackedBlock = size_t{1} << 16;
constexpr int kGzipOnly = 16;  // added to the window's bits, as zlib.h has it

}  // namespace

struct Gunzip::Stream {
  z_stream z = {};
};

Gunzip::Gunzip(std::unique_ptr<ByteSource> packed)
    : packed_(std::move(packed)), buffer_(kPackedBlock), stream_(std::make_unique<Stream>()) {
  if (inflateInit2(&stream_->z, MAX_WBITS + kGzipOnly) != Z_OK) throw std::bad_alloc();
}

Gunzip::~Gunzip() { inflateEnd(&stream_->z); }

// False: there are no more packed bytes.
bool Gunzip::fill() {
  z_stream& z = stream_->z;
  if (z.avail_in > 0) return true;
  z.avail_in = static_cast<uInt>(packed_->read(buffer_));
  z.next_in = reinterpret_cast<Bytef*>(buffer_.data());
  return z.avail_in > 0;
}

bool Gunzip::another_member() {
  if (!fill()) return false;
  between_members_ = false;
  if (inflateReset(&stream_->z) != Z_OK) throw BadGzip("a stream that zlib cannot reset");
  return true;
}

size_t Gunzip::read(std::span<char> block) {
  z_stream& z = stream_->z;
  z.next_out = reinterpret_cast<Bytef*>(block.data());
  z.avail_out = static_cast<uInt>(block.size());
  while (z.avail_out > 0) {
    if (between_members_ && !another_member()) break;
    if (!fill()) throw BadGzip("the end of the file");
    const int status = inflate(&z, Z_NO_FLUSH);
    if (status == Z_STREAM_END) {
      between_members_ = true;
    } else if (status != Z_OK) {
      throw BadGzip(z.msg != nullptr ? z.msg : "bytes that are none");
    }
  }
  return block.size() - z.avail_out;
}

}  // namespace wukong::csv
