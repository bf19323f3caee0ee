// The style sheet of report.html.
#pragma once

#include <string_view>

namespace wukong::reproduction_report {

// Plots are drawn in black for paper; on a dark screen their black takes the colour of the text.
inline constexpr std::string_view kReportStyle = R"css(
:root { color-scheme: light dark; --ink: #1c1c1c; --quiet: #5c5c5c; --paper: #fff;
  --line: #d8d8d8; --band: #f4f5f7; --good: #00664a; --fair: #7a5200; --bad: #a83a00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8e8; --quiet: #a8a8a8; --paper: #17181a;
  --line: #3a3c40; --band: #222428; --good: #4ed0a8; --fair: #e8b040; --bad: #ff8a50; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem clamp(.75rem, 3vw, 2.5rem); max-width: 96rem;
  font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 1.7rem; margin: .5rem 0; line-height: 1.2; }
h2 { font-size: 1.25rem; margin: 2.2rem 0 .6rem; }
h3 { font-size: 1.05rem; margin: 2rem 0 .4rem; }
p, ul { margin: .4rem 0; max-width: 62rem; overflow-wrap: anywhere; }
a { color: inherit; }
.quiet { color: var(--quiet); }
.tiles { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); }
.tile { background: var(--band); border-radius: .4rem; padding: .7rem .9rem; }
.tile b { display: block; font-size: 1.6rem; line-height: 1.25; }
.scroll { overflow: auto; max-width: 100%; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { padding: .2rem .7rem; text-align: right; border-bottom: 1px solid var(--line);
  white-space: nowrap; }
thead th { position: sticky; top: 0; background: var(--band); font-weight: 600;
  white-space: normal; }
tbody th { font-weight: 400; }
caption { text-align: left; color: var(--quiet); padding: .2rem 0; }
.name { text-align: left; }
.wrap { white-space: normal; min-width: 14rem; }
.good { color: var(--good); } .fair { color: var(--fair); } .bad { color: var(--bad); }
.bad { font-weight: 600; }
.figure { display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); align-items: start; }
/* Beside its table a plot must be wide enough for its letters to be read. */
@media (min-width: 90rem) {
  .figure { grid-template-columns: minmax(0, 1fr) max-content; }
  .figure .scroll { max-height: 34rem; }
}
.plot { overflow-x: auto; }
.plot svg { display: block; width: 100%; height: auto; min-width: 38rem; max-width: 50rem; }
.plot [color="black"], .plot [color="rgb(  0,   0,   0)"] { color: var(--ink); }
.plot [fill="black"] { fill: var(--ink); }
.plot [stroke="black"], .plot [stroke="rgb(  0,   0,   0)"] { stroke: var(--ink); }
.index { columns: 20rem; column-gap: 2rem; padding-left: 1.2rem; max-width: none;
  font-size: .9rem; }
.index li { break-inside: avoid; margin-bottom: .15rem; }
summary { cursor: pointer; margin: 1rem 0 .4rem; font-weight: 600; }
/* A telephone: the simulated value beside the paper's, without moving the table. */
@media (max-width: 40rem) {
  th, td { padding: .2rem .3rem; }
  table { font-size: .8rem; }
  .wide { display: none; }
  .name { white-space: normal; overflow-wrap: anywhere; min-width: 4.5rem; }
  .wrap { min-width: 8rem; overflow-wrap: anywhere; }
}
.tornado { margin: .3rem 0; max-width: 62rem; }
.swing { display: grid; grid-template-columns: minmax(0, 22rem) minmax(0, 1fr) 11rem; gap: .7rem;
  align-items: center; font-size: .85rem; font-variant-numeric: tabular-nums; }
.swing span { overflow-wrap: anywhere; }
.track { position: relative; height: 1.1rem; background: var(--band); }
.track i { position: absolute; top: .15rem; bottom: .15rem; }
.track .less, .track .more { min-width: 1px; }
i.less { background: #3b78c2; } i.more { background: #d9822b; }
b.less { color: #3b78c2; } b.more { color: #d9822b; }
.track .own, .track .paper { top: 0; bottom: 0; border-left: 2px solid var(--ink); }
.track .paper { border-left-style: dashed; border-left-color: var(--quiet); }
@media (max-width: 40rem) { .swing { grid-template-columns: minmax(0, 1fr); gap: .1rem;
  margin-bottom: .5rem; } }
@media print { .figure .scroll { max-height: none; } }
)css";

}  // namespace wukong::reproduction_report
