// The page. It loads nothing but the state, and puts what functions are called into it as text.
#include "bench/serve/pages.h"

namespace wukong::serve {

const char* const kPageHtml = R"html(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>wukong serve</title>
<link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark; --ink: #1c2024; --soft: #5d656d; --page: #f6f7f8; --card: #fff;
  --line: #d9dde1; --one: #0b63c4; --two: #b45309; --three: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --soft: #a2a9b1; --page: #16181b;
  --card: #1f2327; --line: #3a4047; --one: #6cb1ff; --two: #f0a855; --three: #ff8f86; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 1rem; background: var(--page); color: var(--ink);
  font: 16px/1.45 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; }
h1 { font-size: 1.3rem; margin: 0 0 .2rem; } h2 { font-size: 1.05rem; margin: 0 0 .5rem; }
p { margin: 0 0 1rem; color: var(--soft); overflow-wrap: anywhere; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 8px;
  padding: .8rem; margin: 0 0 1rem; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .6rem;
  margin: 0 0 1rem; }
dl div { background: var(--card); border: 1px solid var(--line); border-radius: 8px;
  padding: .5rem .7rem; }
dt { color: var(--soft); font-size: .85rem; } dd { margin: 0; font-size: 1.25rem;
  font-variant-numeric: tabular-nums; }
svg { display: block; width: 100%; height: 11rem; }
svg text { fill: var(--soft); font-size: 11px; }
.scroll { overflow-x: auto; max-height: 22rem; overflow-y: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .6rem; text-align: right; border-bottom: 1px solid var(--line);
  white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
th { color: var(--soft); font-weight: 600; font-size: .85rem; }
.legend { display: flex; flex-wrap: wrap; gap: 1rem; font-size: .85rem; margin: 0 0 .3rem; }
.legend span::before { content: ""; display: inline-block; width: 1.1em; height: 0;
  border-top: 3px solid var(--c); margin-right: .4em; vertical-align: middle; }
.two::before { border-top-style: dashed !important; }
.three::before { border-top-style: dotted !important; }
summary { cursor: pointer; color: var(--soft); }
</style>
</head>
<body>
<main>
<h1>wukong serve</h1>
<p id="where" role="status">waiting for the server</p>
<dl id="numbers"></dl>
<section><h2>Functions</h2><div class="scroll" tabindex="0"><table id="functions"></table></div>
</section>
<section><h2>Concurrency, up to the last five minutes</h2><div class="legend" id="levels-legend"></div>
<svg id="levels" viewBox="0 0 600 160" preserveAspectRatio="none" role="img"
 aria-label="Running invocations and environments over time; the table below has the numbers"></svg>
<details><summary>as a table</summary><div class="scroll" tabindex="0">
<table id="levels-table"></table></div></details></section>
<section><h2>Each second</h2><div class="legend" id="rates-legend"></div>
<svg id="rates" viewBox="0 0 600 160" preserveAspectRatio="none" role="img"
 aria-label="Invocations, cold starts and 429s a second; the table below has the numbers"></svg>
<details><summary>as a table</summary><div class="scroll" tabindex="0">
<table id="rates-table"></table></div></details></section>
<section><h2>429s by reason</h2><div class="scroll" tabindex="0"><table id="reasons"></table></div></section>
</main>
<script>
"use strict";
const $ = id => document.getElementById(id);
const number = value => value === null || value === undefined ? "" : Number(value).toLocaleString("en-US");
const ms = value => value ? (value < 1000 ? value.toPrecision(3) + " ms" : (value / 1000).toPrecision(3) + " s") : "";
function element(name, text) { const e = document.createElement(name); if (text !== undefined) e.textContent = text; return e; }
function table(id, heads, rows) {
  const head = element("tr"), body = element("tbody"), top = element("thead");
  for (const text of heads) { const th = element("th", text); th.scope = "col"; head.append(th); }
  top.append(head);
  for (const cells of rows) {
    const row = element("tr");
    for (const cell of cells) row.append(element("td", cell));
    body.append(row);
  }
  $(id).replaceChildren(top, body);
}
function numbers(pairs) {
  $("numbers").replaceChildren(...pairs.map(([name, value]) => {
    const box = element("div"); box.append(element("dt", name), element("dd", value)); return box;
  }));
}
const space = "http://www.w3.org/2000/svg";
const colours = ["var(--one)", "var(--two)", "var(--three)"], dashes = ["", "6 4", "2 3"];
function chart(id, seconds, series) {
  const width = 600, height = 160, foot = 18;
  const span = Math.max(30, seconds.length - 1);
  const most = Math.max(1, ...seconds.flatMap(s => series.map(([key]) => s[key])));
  const parts = [];
  for (const share of [0, 0.5, 1]) {
    const line = document.createElementNS(space, "line"), y = (height - foot) * (1 - share) + 2;
    for (const [key, value] of [["x1", 0], ["x2", width], ["y1", y], ["y2", y]]) line.setAttribute(key, value);
    line.setAttribute("stroke", "var(--line)"); line.setAttribute("vector-effect", "non-scaling-stroke");
    parts.push(line);
  }
  series.forEach(([key], index) => {
    const path = document.createElementNS(space, "polyline");
    const last = seconds.length ? seconds[seconds.length - 1].second : 0;
    path.setAttribute("points", seconds.map(s =>
      `${(width * (1 - (last - s.second) / span)).toFixed(1)},${((height - foot) * (1 - s[key] / most) + 2).toFixed(1)}`).join(" "));
    path.setAttribute("fill", "none"); path.setAttribute("stroke", colours[index]);
    path.setAttribute("stroke-width", "2"); path.setAttribute("stroke-dasharray", dashes[index]);
    path.setAttribute("vector-effect", "non-scaling-stroke");
    parts.push(path);
  });
  $(id).replaceChildren(...parts);
  $(id + "-legend").replaceChildren(...series.map(([, name], index) => {
    const label = element("span", name); label.className = ["one", "two", "three"][index];
    label.style.setProperty("--c", colours[index]); return label;
  }), element("small", "at most " + number(most)));
  table(id + "-table", ["second", ...series.map(([, name]) => name)],
    seconds.slice().reverse().map(s => [number(s.second), ...series.map(([key]) => number(s[key]))]));
}
function show(state) {
  const {account, totals} = state;
  $("where").textContent = `${state.endpoint}, for ${Math.round(state.now_s)} s`;
  numbers([["running", `${number(account.running)} of ${number(account.concurrency_limit)}`],
    ["environments", number(account.environments)], ["invocations", number(totals.invocations)],
    ["cold starts", number(totals.cold_starts)], ["429s", number(totals.throttles)],
    ["errors", number(totals.errors)], ["p50", ms(totals.p50_ms)], ["p99", ms(totals.p99_ms)],
    ["bill", "$" + totals.cost_usd.toPrecision(4)]]);
  table("functions", ["function", "runtime", "memory", "time limit", "reserved", "invocations", "errors",
    "cold starts", "429s", "p50", "p99"], state.functions.map(f => [f.name, f.runtime, number(f.memory_mb) + " MB",
    number(f.timeout_s) + " s", number(f.reserved), number(f.invocations), number(f.errors), number(f.cold_starts),
    number(f.throttles), ms(f.p50_ms), ms(f.p99_ms)]));
  chart("levels", state.seconds, [["running", "running, on average"], ["environments", "environments"]]);
  chart("rates", state.seconds, [["invocations", "invocations"], ["cold_starts", "cold starts"], ["throttles", "429s"]]);
  table("reasons", ["reason", "429s"], Object.entries(totals.throttles_by_reason).map(([name, count]) => [name, number(count)]));
}
async function look() {
  try {
    const answer = await fetch("state.json");
    show(await answer.json());
  } catch (error) {
    $("where").textContent = "the server does not answer";
  }
  setTimeout(look, 1000);
}
look();
</script>
</body>
</html>
)html";

}  // namespace wukong::serve
