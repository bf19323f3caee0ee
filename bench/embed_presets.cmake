# Writes a C++ file that holds every preset: cmake -DOUTPUT=x.cpp -DROOT=configs/presets -P this.
file(GLOB files RELATIVE ${ROOT} ${ROOT}/*/*.yaml)
list(SORT files)
set(entries "")
foreach(file IN LISTS files)
  cmake_path(GET file PARENT_PATH kind)
  cmake_path(GET file STEM LAST_ONLY name)
  file(READ ${ROOT}/${file} text)
  string(APPEND entries "    {\"${kind}\", \"${name}\", R\"preset(${text})preset\"},\n")
endforeach()
set(code "// Generated from configs/presets by bench/embed_presets.cmake.
#include \"bench/parameters/preset_library.h\"

namespace wukong::parameters {

std::span<const Preset> embedded_presets() {
  static constexpr Preset kPresets[] = {
${entries}  };
  return kPresets;
}

}  // namespace wukong::parameters
")
file(WRITE ${OUTPUT} "${code}")
