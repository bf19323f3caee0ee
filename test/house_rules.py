#!/usr/bin/env python3
"""The house rules that no compiler checks. Prints each violation as file:line: what, and what instead."""
import fnmatch
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
FOLDERS = ["sim", "runtime", "scheduler", "workloads", "bench", "test"]
LONGEST_FILE = 400
LONGEST_FUNCTION = 70

# Programs, which stand above all rooms, and what belongs to no room.
PROGRAMS = ["workloads/numeric", "bench/perf", "bench/mpi", "bench/python", "bench", "examples"]
MOST_FILES = 25  # of a room


def read_rooms():
    """docs/rooms.txt: folder -> (namespace, the rooms that it may include). CMake reads it, too."""
    rooms = {}
    for number, line in enumerate((ROOT / "docs/rooms.txt").read_text().splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        found = re.fullmatch(r"(\S+) (\S+) :((?: \S+)*)", line)
        if not found:
            sys.exit(f"docs/rooms.txt:{number}: expected \"folder namespace : rooms\", found \"{line}\"")
        uses = {}  # room -> whether it is named itself
        for name in found.group(3).split():
            matching = [room for room in rooms if fnmatch.fnmatchcase(room, name)]
            if not matching:
                sys.exit(f"docs/rooms.txt:{number}: {name} is no room of a line above")
            uses.update((room, room == name) for room in matching)
        rooms[found.group(1)] = (found.group(2), uses)
    return rooms


ROOMS = read_rooms()
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
    (("workloads/",), r"#include <fstream|\bfopen\(",
     "an InputFile (sim/base/fields.h), whose content is part of what a result depends on"),
    (("workloads/",), r"#include <(yaml-cpp|fmt|iostream)", "nothing: YAML and terminals are bench's"),
    (("sim/", "scheduler/", "workloads/", "bench/"), r"\bunordered_(map|set)\b",
     "a vector by id, or std::map: hash order must not show"),
    (("sim/", "scheduler/", "workloads/"), r"if \((is_)?(simulated|emulated|real_mode)",
     "one of the three seams of docs/architecture.md"),
    (("sim/", "runtime/", "scheduler/", "bench/", "test/"), r"\b(if|while|switch) \((?:[^()]|\([^()]*\))*co_await",
     "a variable: g++ 12 destroys temporaries of such a condition that were never made"),
    (("runtime/", "workloads/", "bench/"), r"print\(stderr|std::(cerr|cout)\b",
     "text::tell for people, files::OutputFile for results: what cannot be written is no crash"),
    (("sim/", "runtime/", "scheduler/", "workloads/", "bench/", "test/"), r"using namespace (?!.*literals)",
     "names with their namespace"),
]


def files():
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".h", ".cpp"):
                yield path


def check_includes(name, lines):
    room = name.rpartition("/")[0]
    for number, line in enumerate(lines, 1):
        match = re.match(r'#include "([^"]+)"', line)
        if not match:
            continue
        if "/" not in match.group(1) and match.group(1) != "test_paths.h":
            yield number, "an include path starts at the project's root"
        target = match.group(1).rpartition("/")[0]
        if room in ROOMS and target != room and target not in ROOMS[room][1]:
            yield number, f"{room} may not include {target}; who may is in docs/rooms.txt"


def check_namespace(name, lines):
    room = name.rpartition("/")[0]
    if room not in ROOMS:
        return
    own = "wukong" if ROOMS[room][0] == "-" else "wukong::" + ROOMS[room][0]
    for number, line in enumerate(lines, 1):
        found = re.match(r"namespace (wukong[\w:]*) {", line)
        forward = number < len(lines) and re.match(
            r"(class|struct|enum class) \w+( : \w+)?;|template <class T>$", lines[number])
        if found and found.group(1) != own and not forward:
            yield number, f"the namespace of {room} is {own}"


def check_rooms():
    """Each folder with sources is a room of the table, with few files; no include of the table is idle."""
    used = {}
    count = {}
    for path in files():
        name = path.relative_to(ROOT).as_posix()
        room = name.rpartition("/")[0]
        if name.startswith("test/"):
            continue
        count[room] = count.get(room, 0) + 1
        used.setdefault(room, set()).update(
            re.findall(r'^#include "([^"]+)/[^/"]+"', path.read_text(), re.MULTILINE))
    for room, files_in_room in sorted(count.items()):
        if room not in ROOMS and room not in PROGRAMS:
            yield "docs/rooms.txt", 1, f"{room} holds sources and is no room"
        if files_in_room > MOST_FILES:
            yield room, 1, f"{files_in_room} files, at most {MOST_FILES}: is it one room?"
    for room, (_, uses) in ROOMS.items():
        for idle in [target for target, named in uses.items() if named and target not in used.get(room, set())]:
            yield "docs/rooms.txt", 1, f"{room} does not include {idle}"


def check_map():
    """docs/architecture.md is where a newcomer learns what each room is, and where to begin."""
    name = "docs/architecture.md"
    described = []
    for number, line in enumerate((ROOT / name).read_text().splitlines(), 1):
        row = re.match(r"\| (`[^|]+`) \| [^|]+ \| (`[^|]+`) \|$", line)
        if not row:
            continue
        rooms = []
        for room in re.findall(r"`([\w/]+)`", row.group(1)):
            rooms.append(room if "/" in room else f"{rooms[0].rpartition('/')[0]}/{room}" if rooms else room)
        if not any(room in ROOMS for room in rooms):
            continue
        described += rooms
        for room in rooms:
            if room not in ROOMS:
                yield name, number, f"{room} is no room of docs/rooms.txt"
        for start in re.findall(r"`([^`]+)`", row.group(2)):
            if not any((ROOT / room / start).is_file() for room in rooms):
                yield name, number, f"{start} is in none of {', '.join(rooms)}"
    for room in ROOMS:
        if not any(room == known or room.startswith(known + "/") for known in described):
            yield name, 1, f"says nothing of {room}"


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
    """Sources of one library are joined when it is built, and then there must be one of each name."""
    first = {}
    for path in [path for path in files() if path.suffix == ".cpp"]:
        name = path.relative_to(ROOT).as_posix()
        if name.startswith("test/fuzz/") or name.endswith("main.cpp"):  # programs of their own
            continue
        lines = path.read_text().splitlines()
        space = next((line for line in lines if re.match(r"namespace \w", line)), "")
        for number, helper in helpers_of(lines):
            other = first.setdefault((name.startswith("test/"), space, helper), name)
            if other != name:
                yield name, number, f"{helper} is in {other} too: another name, or a header that both include"


def check_definitions():
    """Two types of one name in one namespace are undefined behaviour that no compiler sees."""
    first = {}
    for path in files():
        name = path.relative_to(ROOT).as_posix()
        if name.startswith("test/fuzz/"):  # programs of their own
            continue
        space = None
        unnamed = False
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if found := re.match(r"namespace ([\w:]+) \{", line):
                space = found.group(1)
            elif line.startswith("namespace {"):
                unnamed = True
            elif line.startswith("}  // namespace") and unnamed:
                unnamed = False
            found = re.match(
                r"(?:class|struct|union|enum class|enum) (?:alignas\(\w+\) )?(\w+)(?: final)?(?: :[^:]| \{|$)(?!.*;$)", line)
            if space and not unnamed and found:
                other = first.setdefault((space, found.group(1)), name)
                if other != name:
                    yield name, number, f"{space}::{found.group(1)} is defined in {other}, too"


def main():
    count = violations = 0
    for path in files():
        name = path.relative_to(ROOT).as_posix()
        lines = path.read_text().splitlines()
        count += 1
        for check in (check_includes, check_namespace, check_banned, check_lengths, check_header):
            for number, what in check(name, lines):
                violations += 1
                print(f"{name}:{number}: {what}")
    for name, number, what in [*check_rooms(), *check_map(), *check_helpers(), *check_definitions()]:
        violations += 1
        print(f"{name}:{number}: {what}")
    print(f"{count} files, {violations} violations")
    sys.exit(1 if violations or count == 0 else 0)


main()
