# What the library needs; all of it is in Debian (libboost-*-dev, libfmt-dev, libyaml-cpp-dev,
# zlib1g-dev, libhiredis-dev).
include(CMakeFindDependencyMacro)
find_dependency(Boost 1.81 COMPONENTS json context fiber)
find_dependency(fmt)
find_dependency(yaml-cpp)
find_dependency(ZLIB)
find_dependency(Threads)
include(${CMAKE_CURRENT_LIST_DIR}/wukong-targets.cmake)
