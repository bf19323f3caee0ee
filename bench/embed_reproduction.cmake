# Writes a C++ file that holds the reproduction's files:
# cmake -DOUTPUT=x.cpp -DROOT=configs/reproduction -P this.
file(GLOB files RELATIVE ${ROOT} ${ROOT}/*.yaml ${ROOT}/*.json)
list(SORT files)
set(entries "")
foreach(file IN LISTS files)
  file(READ ${ROOT}/${file} text)
  # A literal may have 64 KiB at most on some compilers; none of the files comes near.
  string(APPEND entries "    {\"${file}\", R\"library(${text})library\"},\n")
endforeach()
set(code "// Generated from configs/reproduction by bench/embed_reproduction.cmake.
#include \"bench/reproduction/library.h\"

namespace wukong::reproduction {

std::span<const LibraryFile> embedded_reproduction() {
  static constexpr LibraryFile kFiles[] = {
${entries}  };
  return kFiles;
}

}  // namespace wukong::reproduction
")
file(WRITE ${OUTPUT} "${code}")
