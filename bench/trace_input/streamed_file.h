// Files of traces, read a block at a time however long they are. What a result depends on is their
// content, which streamed_digest() tells apart.
#pragma once

#include <string>

#include "sim/base/fields.h"
#include "workloads/csv/byte_file.h"

namespace wukong::trace_input {

// Throws Error, placed at the file, for what is no readable file: now, when it is opened, and when
// it cannot be read any further.
csv::ByteFilePointer streamed_file(const std::string& path);
// An OpenInput of workloads/trace_catalog: streams `file.path`, whether its content is known or
// not.
csv::ByteFilePointer stream_input(const InputFile& file);

// Of the file's bytes, in one pass. The same file has the same digest, wherever it is.
std::string streamed_digest(const csv::ByteFilePointer& file);

}  // namespace wukong::trace_input
