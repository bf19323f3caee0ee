# wukong as a library: one archive of the rooms that a run needs, and the headers of include/wukong
# with what they include. In the tree it is the target wukong_api; installed, find_package(wukong)
# gives wukong::wukong.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
find_package(Boost 1.81 REQUIRED COMPONENTS json context fiber)

set(library_rooms "")
set(waiting bench_simulation bench_result runtime_blocking)
while(waiting)
  list(POP_FRONT waiting room)
  if(NOT room IN_LIST library_rooms)
    list(APPEND library_rooms ${room})
    list(APPEND waiting ${uses_of_${room}})
  endif()
endwhile()

set(library_version ${CMAKE_BINARY_DIR}/include/api)
configure_file(${CMAKE_SOURCE_DIR}/include/wukong/version.h.in ${library_version}/wukong/version.h @ONLY)
add_library(wukong_api INTERFACE)
target_include_directories(wukong_api INTERFACE ${CMAKE_SOURCE_DIR}/include ${library_version})
target_link_libraries(wukong_api INTERFACE ${library_rooms})

set(library_objects "")
foreach(room ${library_rooms})
  get_target_property(type ${room} TYPE)
  if(type STREQUAL "STATIC_LIBRARY")
    list(APPEND library_objects $<TARGET_OBJECTS:${room}>)
  endif()
endforeach()
add_library(wukong_library STATIC ${library_objects})
set_target_properties(wukong_library PROPERTIES OUTPUT_NAME wukong EXPORT_NAME wukong LINKER_LANGUAGE CXX)
target_include_directories(wukong_library INTERFACE
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/wukong/detail>)
target_compile_features(wukong_library INTERFACE cxx_std_20)
target_compile_options(wukong_library INTERFACE -ffp-contract=off)  # as the library itself is compiled
target_link_libraries(wukong_library INTERFACE fmt::fmt yaml-cpp Boost::json Boost::fiber Boost::context
                      ZLIB::ZLIB Threads::Threads hiredis ${CMAKE_DL_LIBS})

# What the API's headers include of the tree, and what these do.
file(GLOB api_headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/include/wukong/*.h)
set(detail_headers "")
set(waiting ${api_headers})
while(waiting)
  list(POP_FRONT waiting header)
  file(STRINGS ${header} lines REGEX "^#include \"")
  foreach(line ${lines})
    string(REGEX REPLACE "^#include \"([^\"]+)\".*" "\\1" included "${line}")
    if(NOT included IN_LIST detail_headers)
      list(APPEND detail_headers ${included})
      list(APPEND waiting ${CMAKE_SOURCE_DIR}/${included})
    endif()
  endforeach()
endwhile()

install(TARGETS wukong wukong_numeric RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR}
        LIBRARY DESTINATION ${CMAKE_INSTALL_BINDIR})  # which looks for its module beside it
install(TARGETS wukong_library EXPORT wukong ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES ${api_headers} ${library_version}/wukong/version.h
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/wukong)
foreach(header ${detail_headers})
  cmake_path(GET header PARENT_PATH folder)
  install(FILES ${CMAKE_SOURCE_DIR}/${header} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/wukong/detail/${folder})
endforeach()
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/wukong)
install(EXPORT wukong NAMESPACE wukong:: FILE wukong-targets.cmake DESTINATION ${package_folder})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/wukong-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_SOURCE_DIR}/cmake/wukong-config.cmake ${CMAKE_BINARY_DIR}/wukong-config-version.cmake
        DESTINATION ${package_folder})
if(TARGET wukong_mpi)
  install(TARGETS wukong_mpi RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
if(TARGET wukong_python)
  set(python_folder ${CMAKE_INSTALL_LIBDIR}/python3/dist-packages/wukong)
  file(GLOB python_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/bench/python/wukong/*.py
       ${CMAKE_SOURCE_DIR}/bench/python/wukong/*.pyi ${CMAKE_SOURCE_DIR}/bench/python/wukong/py.typed)
  install(TARGETS wukong_python LIBRARY DESTINATION ${python_folder})
  install(FILES ${python_files} DESTINATION ${python_folder})
endif()
