// `mpirun -n 64 wukong sweep ...`: the program notices that it is one of many, and becomes
// `wukong_mpi`, which stands beside it. So `wukong` itself needs no MPI library.
#pragma once

namespace wukong::sweep_runner {

// Returns if this process was not started by mpirun as one of several, or is not a sweep. Throws
// Error if there is no wukong_mpi.
void become_mpi_program(int argc, char** argv);

}  // namespace wukong::sweep_runner
