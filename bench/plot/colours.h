// Okabe and Ito's palette, which everyone tells apart, without the yellow, which white swallows.
#pragma once

namespace wukong::plot {

// The black is last: a picture that is seen on black, too, leaves it out.
constexpr const char* kColours[] = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                    "#E69F00", "#56B4E9", "#000000"};

}  // namespace wukong::plot
