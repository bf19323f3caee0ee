# Writes the program's version, the commit that it was built from, and a digest of the sources that
# decide about results, if they have changed: cmake -DOUTPUT=x.cpp -DROOT=. -DVERSION=1.2.3 -P this.
execute_process(COMMAND git describe --always --dirty --exclude=* --abbrev=12
                WORKING_DIRECTORY ${ROOT} OUTPUT_VARIABLE commit ERROR_QUIET
                OUTPUT_STRIP_TRAILING_WHITESPACE)
if(NOT commit)
  set(commit unknown)
endif()
# A commit does not tell two builds of changed sources apart, and changes with the documentation.
file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/sim/*.h ${ROOT}/sim/*.cpp ${ROOT}/workloads/*.h
     ${ROOT}/workloads/*.cpp ${ROOT}/scheduler/*.h ${ROOT}/scheduler/*.cpp)
foreach(room parameters experiment simulation result)
  file(GLOB room_files RELATIVE ${ROOT} ${ROOT}/bench/${room}/*.h ${ROOT}/bench/${room}/*.cpp)
  list(APPEND files ${room_files})
endforeach()
list(SORT files)
set(digests "")
foreach(file ${files})
  file(SHA256 ${ROOT}/${file} digest)
  string(APPEND digests "${file} ${digest}\n")
endforeach()
string(SHA256 sources "${digests}")
string(SUBSTRING ${sources} 0 16 sources)
set(code "#include \"bench/text/version.h\"

namespace wukong::text {

std::string_view program_version() { return \"${VERSION}\"; }
std::string_view program_commit() { return \"${commit}\"; }
std::string_view program_sources() { return \"${sources}\"; }

}  // namespace wukong::text
")
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT "${code}" @ONLY)
