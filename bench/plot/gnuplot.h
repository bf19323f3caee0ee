// Runs gnuplot (Debian package gnuplot-nox), which draws the plots. It is given a script and
// nothing else: not the name of the output, which it writes to a descriptor, nor its user's
// settings. The picture takes its name when it is whole.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace wukong::plot {

struct Drawing {
  std::string script;  // texts in it by gnuplot_text; sets its terminal, not its output
  std::string output;  // ends in .svg, .png or .pdf
};

// Whether the file's name says a kind of picture that can be drawn.
inline bool can_be_drawn(std::string_view output) {
  return output.ends_with(".svg") || output.ends_with(".png") || output.ends_with(".pdf");
}

// Whether there is a gnuplot on the PATH.
bool have_gnuplot();

// Draws all of them, several at a time (0: as many as there are cores). Throws Error for the first
// one that cannot be drawn or written: there is no gnuplot, it fails, the picture is not whole, the
// disk is full. Then the old picture stays.
void draw_with_gnuplot(std::span<const Drawing> drawings, unsigned threads);

}  // namespace wukong::plot
