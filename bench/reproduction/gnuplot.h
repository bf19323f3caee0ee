// Runs gnuplot (Debian package gnuplot-nox), which draws the plots.
#pragma once

#include <string>
#include <vector>

namespace wukong::bench {

// Whether there is a gnuplot on the PATH.
bool have_gnuplot();

// Runs these scripts, which stand in `folder`, there; several at a time. Throws Error that names
// the script if one fails.
void run_gnuplot(const std::string& folder, const std::vector<std::string>& scripts,
                 unsigned threads);

}  // namespace wukong::bench
