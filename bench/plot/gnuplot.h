// Runs gnuplot (Debian package gnuplot-nox), which draws the plots. It is given a script and
// nothing else: not the name of the output, which it writes to a descriptor, nor its user's
// settings. The picture takes its name when it is whole.
#pragma once

#include <span>
#include <string>

namespace wukong::plot {

struct Drawing {
  std::string script;  // texts in it by gnuplot_text; sets its terminal, not its output
  std::string output;  // ends in .svg, .png or .pdf
};

// Whether there is a gnuplot on the PATH.
bool have_gnuplot();

// Draws all of them, several at a time (0: as many as there are cores). Throws Error for the first
// one that cannot be drawn or written: there is no gnuplot, it fails, the picture is not whole, the
// disk is full. Then the old picture stays.
void draw_with_gnuplot(std::span<const Drawing> drawings, unsigned threads);

}  // namespace wukong::plot
