// What gnuplot is given besides its language: texts and numbers. A text comes from files that
// others wrote, and in gnuplot's strings a back quote runs a command. So a text goes in as a string
// in which every character but letters, digits and a few marks is an octal number: gnuplot turns it
// back into the character after it has read the line, and there is nothing left to evaluate.
#pragma once

#include <string>
#include <string_view>

namespace wukong::plot {

// A constant of gnuplot's language that is this text, with the quotes. Control characters become
// blanks, and what is not UTF-8 becomes question marks.
std::string gnuplot_text(std::string_view text);

// The same for the label of a tic, which gnuplot takes for a format of its number.
std::string gnuplot_tic_label(std::string_view text);

// Twelve digits: what is more is the noise of adding up.
std::string gnuplot_number(double value);

}  // namespace wukong::plot
