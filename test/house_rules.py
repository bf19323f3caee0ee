#!/usr/bin/env python3
"""The house rules that no compiler checks. Prints each violation as file:line: what, and what instead."""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
FOLDERS = ["sim", "runtime", "scheduler", "workloads", "bench", "test"]
LONGEST_FILE = 400
LONGEST_FUNCTION = 70

# A layer may include itself and what stands below it.
LAYERS = {
    "sim/base": [],
    "sim/engine": ["sim/base"],
    "sim/fluid": ["sim/base", "sim/engine"],
    "sim/platform": ["sim/base", "sim/engine", "sim/fluid"],
    "sim/faults": ["sim/base", "sim/engine", "sim/platform"],
    "workloads": ["sim/base", "sim/engine", "sim/platform"],
    "scheduler": ["sim/base", "sim/engine", "sim/platform", "workloads"],
    "runtime": ["sim/base", "sim/engine", "sim/platform", "workloads"],
    "bench/text": ["sim/base"],
    "bench/parameters": ["sim/base", "bench/text"],
    "bench/trace": ["sim/base", "sim/engine", "sim/platform", "bench/text"],
    "bench": ["sim/base", "sim/engine", "sim/fluid", "sim/platform", "sim/faults", "workloads", "scheduler", "runtime",
              "bench/text", "bench/parameters", "bench/trace"],
}
MODEL = ("sim/", "scheduler/", "workloads/")
# (folders, pattern, what instead)
BANNED = [
    (MODEL, r"\b(system_clock|steady_clock|high_resolution_clock|gettimeofday|clock_gettime)\b",
     "simulated time: Engine::now()"),
    (MODEL, r"\b(random_device|mt19937|uniform_(int|real)_distribution|normal_distribution|s?rand\()",
     "a named RandomStream (sim/base/random.h)"),
    (MODEL, r"\b(getenv|this_thread|thread::id)\b", "a parameter that is passed"),
    (MODEL, r"\bstd::(log|exp|pow|sin|cos|tan)\(", "portable_math: the library's differ between machines"),
    (MODEL, r"\bassert\(", "ENSURE, which is always on"),
    (("sim/", "scheduler/"), r"\bstd::(function|shared_ptr)\b", "InlineFunction, or an owner"),
    (("sim/", "scheduler/"), r"#include <(boost|yaml-cpp|fmt|fstream|iostream)", "nothing: this layer does no I/O"),
    (("workloads/",), r"#include <(yaml-cpp|fmt|iostream)", "nothing: YAML and terminals are bench's"),
    (("workloads/",), r"#include <fstream|\bfopen\(",
     "an InputFile (sim/base/fields.h), whose content is part of what a result depends on"),
    (("sim/", "scheduler/", "workloads/", "bench/"), r"\bunordered_(map|set)\b",
     "a vector by id, or std::map: hash order must not show"),
    (("sim/", "scheduler/", "workloads/"), r"if \((is_)?(simulated|emulated|real_mode)",
     "one of the three seams of docs/architecture.md"),
    (("sim/", "runtime/", "scheduler/", "bench/", "test/"), r"\b(if|while|switch) \((?:[^()]|\([^()]*\))*co_await",
     "a variable: g++ 12 destroys temporaries of such a condition that were never made"),
    (("sim/", "runtime/", "scheduler/", "workloads/", "bench/", "test/"), r"using namespace (?!.*literals)",
     "names with their namespace"),
]


def files():
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".h", ".cpp"):
                yield path


def layer_of(name):
    return next((layer for layer in LAYERS if name.startswith(layer + "/")), None)


def check_includes(name, lines):
    layer = layer_of(name)
    for number, line in enumerate(lines, 1):
        match = re.match(r'#include "([^"]+)"', line)
        if not match:
            continue
        if "/" not in match.group(1):
            yield number, "an include path starts at the project's root"
        target = layer_of(match.group(1))
        if layer and target and target != layer and target not in LAYERS[layer]:
            yield number, f"{layer} may not include {target}; the layers are in docs/architecture.md"


def check_banned(name, lines):
    for number, line in enumerate(lines, 1):
        code = line.split("//")[0]
        for folders, pattern, instead in BANNED:
            if name.startswith(tuple(folders)) and re.search(pattern, code):
                yield number, f"banned: {code.strip()}; use {instead}"


def check_lengths(name, lines):
    if len(lines) > LONGEST_FILE:
        yield 1, f"{len(lines)} lines, at most {LONGEST_FILE}: is it one idea?"
    if name.startswith("test/"):
        return
    open_functions = {}  # by indentation
    for number, line in enumerate(lines, 1):
        indent = len(line) - len(line.lstrip())
        body = line.strip()
        if body.endswith("{") and not re.match(
                r"(namespace|class|struct|enum|union|if|for|while|switch|do|else|try|case|extern|\}|.*= \{|.*\w\{$)", body):
            open_functions[indent] = number
        elif body.startswith("}") and indent in open_functions:
            length = number - open_functions.pop(indent) + 1
            if length > LONGEST_FUNCTION:
                yield number - length + 1, f"a function of {length} lines, at most {LONGEST_FUNCTION}"


def check_header(name, lines):
    if not name.endswith(".h") or name.startswith("test/"):
        return
    if "#pragma once" not in lines:
        yield 1, "a header has #pragma once"
    if not lines[0].startswith("//"):
        yield 1, "a header opens with a comment: what it is, who owns it, units and errors"


def helpers_of(lines):
    """Types, constants and functions of an unnamed namespace: (line, name; of functions with types)."""
    inside = False
    for number, line in enumerate(lines, 1):
        if line in ("namespace {", "}  // namespace"):
            inside = line == "namespace {"
        if not inside or line.startswith((" ", "/", "#", "}")):
            continue
        if found := re.match(r"(?:class|struct|enum class) (\w+)", line) or re.match(
                r"(?:constexpr|const) [\w:<>\[\], *&]+? [*&]?(\w+)(?:\[\])? *[={]", line):
            yield number, found.group(1)
        elif found := re.match(r"[\w:<>,*& ]+? [*&]?(\w+)\(([^)]*)\)", line):
            types = re.sub(r"\b\w+(,|$)", r"\1", found.group(2))
            yield number, f"{found.group(1)}({types})"


def check_helpers():
    """Under the sanitizers sources of the tests are joined, and then there must be one of each name."""
    first = {}
    for path in sorted((ROOT / "test").rglob("*.cpp")):
        name = path.relative_to(ROOT).as_posix()
        if name.startswith("test/fuzz/"):  # programs of their own
            continue
        lines = path.read_text().splitlines()
        space = next((line for line in lines if re.match(r"namespace \w", line)), "")
        for number, helper in helpers_of(lines):
            other = first.setdefault((space, helper), name)
            if other != name:
                yield name, number, f"{helper} is in {other} too: another name, or a header that both include"


def main():
    count = violations = 0
    for path in files():
        name = path.relative_to(ROOT).as_posix()
        lines = path.read_text().splitlines()
        count += 1
        for check in (check_includes, check_banned, check_lengths, check_header):
            for number, what in check(name, lines):
                violations += 1
                print(f"{name}:{number}: {what}")
    for name, number, what in check_helpers():
        violations += 1
        print(f"{name}:{number}: {what}")
    print(f"{count} files, {violations} violations")
    sys.exit(1 if violations or count == 0 else 0)


main()
