# Writes the program's version and the commit that it was built from, if they have changed:
# cmake -DOUTPUT=x.cpp -DROOT=. -DVERSION=1.2.3 -P this.
execute_process(COMMAND git describe --always --dirty --exclude=* --abbrev=12
                WORKING_DIRECTORY ${ROOT} OUTPUT_VARIABLE commit ERROR_QUIET
                OUTPUT_STRIP_TRAILING_WHITESPACE)
if(NOT commit)
  set(commit unknown)
endif()
set(code "#include \"bench/version.h\"

namespace wukong::bench {

std::string_view program_version() { return \"${VERSION}\"; }
std::string_view program_commit() { return \"${commit}\"; }

}  // namespace wukong::bench
")
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT "${code}" @ONLY)
