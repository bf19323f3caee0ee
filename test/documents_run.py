#!/usr/bin/env python3
"""Runs every command and every YAML block of README.md and docs/*.md, so that none of them is wrong.

A block of YAML that is a whole experiment is run; what else has to be said stands before the block,
where readers do not see it:
    <!-- test: ARGUMENTS -->     the program with these arguments and the block as FILE; before a block
                                 of commands: arguments that make what they run smaller
    <!-- test-with: A; B -->     lines of YAML that go before the block, which is a part of a file
    <!-- untested: REASON -->    not run
In a block of commands a command ends at two blanks or at ` #`. Usage: documents_run.py ROOT PROGRAM"""
import itertools
import json
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(sys.argv[1]).resolve()
PROGRAM = pathlib.Path(sys.argv[2]).resolve()
LONGEST_S = 120

# Commands that no test runs here, and why.
NOT_RUN = [
    (r"(\./|wukong/)?dev\b", "sets up a machine: installs packages and builds; CI begins with it"),
    (r"(mpirun|srun|sbatch)\b", "needs a cluster or MPI; tests of its own: sweep_program_test.cpp"),
    (r"wukong reproduce$", "half a minute; single figures are run"),
    (r"wukong (calibrate --cross-validate|reproduce --intervals)",
     "minutes: trust/*_test.cpp and reproduce_test.cpp run small ones"),
    (r"wukong calibrate --(sensitivity|evaluations|write)", "minutes to hours, and writes presets"),
    (r"wukong calibrate$", "a minute; fidelity_commands/calibrate_test.cpp runs it"),
    (r"wukong fuzz\b.*--(time|small-dags)", "minutes; CI runs it"),
    (r"wukong fuzz --case '\{\.\.\.", "stands for a line that fuzz has printed"),
    (r"(git|apt-get|podman|docker|curl|pip)\b", "needs a network"),
    (r"(redis-server|redis-cli)\b", "needs a server"),
    (r"test/", "a test itself"),
    (r"wukong serve\b|aws |export AWS|mkdir hello|echo 'def|python3 -(m zipfile|c)",
     "serves until it is ended; test/serve.py runs it with these clients"),
]

EXPERIMENT = """platform: aws-2020
workload: {tree_reduction: {elements: 16}}
systems: [wukong, numpywren]
replicates: 2
"""
EMULATION = """platform: local
workload: {tsqr: {rows: 4096, columns: 8, block_rows: 512}}
systems: [wukong]
"""
SWEEP = EXPERIMENT + "sweep: {axes: {workload.tree_reduction.elements: [8, 16, 32]}}\n"


def prepare(folder):
    """What the documents' commands find: the project's files, and those that a reader has."""
    for name in ["configs", "examples", "docs"]:
        (folder / name).symlink_to(ROOT / name)
    (folder / "FILE.yaml").write_text(EXPERIMENT)
    for name in ["sweep.yaml", "suite.yaml", "SUITE.yaml"]:
        (folder / name).write_text(SWEEP)


def blocks(text):
    """(line, language, body, annotations) of each fenced block."""
    notes, body, language, start = {}, None, "", 0
    for number, line in enumerate(text.splitlines(), 1):
        if body is not None:
            if line.startswith("```"):
                yield start, language, "\n".join(body) + "\n", notes
                body, notes = None, {}
            else:
                body.append(line)
        elif line.startswith("```"):
            body, language, start = [], line[3:].strip(), number
        elif match := re.fullmatch(r"<!-- (test|test-with|untested): (.*) -->", line.strip()):
            notes[match[1]] = match[2]
        elif line.strip():
            notes = {}


def run(arguments, folder):
    """None, or what went wrong."""
    try:
        result = subprocess.run(arguments, cwd=folder, stdin=subprocess.DEVNULL, timeout=LONGEST_S,
                                capture_output=True, text=True, check=False)
    except subprocess.TimeoutExpired:
        return f"longer than {LONGEST_S} s"
    if result.returncode != 0:
        return f"exit code {result.returncode}: {result.stderr.strip()[-400:]}"
    return None


def run_yaml(body, notes, folder):
    if "test-with" not in notes and "test" not in notes and not re.search(r"^systems:", body, re.M):
        return "a part of a file: say <!-- test-with: ... --> or <!-- untested: ... -->"
    before = "".join(line.strip() + "\n" for line in notes.get("test-with", "").split(";"))
    (folder / "block.yaml").write_text(before + body)
    words = shlex.split(notes.get("test", "run"))
    if words[0] == "check":
        words += ["--baseline", "block-baseline.json", "--update"]
    if words[0] == "sweep" and "--dry-run" not in words:
        words += ["--results", "block.db"]
    (folder / "block.db").unlink(missing_ok=True)
    if words[0] == "compare":
        words += ["--json", "block.json"]
    error = run([PROGRAM, words[0], "block.yaml", *words[1:]], folder)
    if words[0] == "compare" and error is None:
        error = systems_alike(json.loads((folder / "block.json").read_text()))
    return error


def systems_alike(document):
    """An example of an option that changes nothing is none."""
    hashes = {}
    for result in document["runs"]:
        hashes.setdefault(result["system"], []).append(result["trace_hash"])
    for one, other in itertools.combinations(hashes, 2):
        if hashes[one] == hashes[other]:
            return f"{one} and {other} do exactly the same"
    return None


def command_of(line):
    line = re.sub(r"^\$ ", "", line)
    return re.split(r"\s{2,}|\s+#", line)[0].strip()


def run_command(line, notes, folder):
    """(whether it was run, what went wrong)"""
    for pattern, _ in NOT_RUN:
        if re.match(pattern, line):
            return False, None
    line = re.sub(r"^build/release/wukong", "wukong", line)
    if not line.startswith("wukong "):
        return False, None
    line = line.replace("[NAME]", "").replace("[FIGURE...]", "--list").replace(" SUITE", " suite")
    if line.startswith("wukong dag convert") or "dag info FILE.json" in line:
        shutil.copy(ROOT / "examples/commands/word_count.json", folder / "FILE.json")
    if re.match(r"wukong (emulate|validate) FILE", line):
        (folder / "FILE.yaml").write_text(EMULATION)
    else:
        (folder / "FILE.yaml").write_text(EXPERIMENT)
    if re.match(r"wukong sweep FILE", line):
        line = line.replace("FILE.yaml", "sweep.yaml") + " --results FILE.db"
    if re.match(r"wukong check \S+$", line):
        line += " --baseline new.json --update"
    if re.match(r"wukong (run|compare|emulate|validate|sweep) ", line) and "test" in notes:
        line += " " + notes["test"]
    error = run(["bash", "-c", line.replace("wukong", shlex.quote(str(PROGRAM)), 1)], folder)
    # A measurement of this machine under load may be far from the prediction.
    if error and line.startswith("wukong validate") and error.startswith("exit code 1"):
        error = None
    return True, error


def main():
    failures, done, left = [], 0, 0
    for document in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        with tempfile.TemporaryDirectory(prefix="wukong-documents-") as name:
            folder = pathlib.Path(name)
            prepare(folder)
            for line, language, body, notes in blocks(document.read_text()):
                place = f"{document.relative_to(ROOT)}:{line}"
                if "untested" in notes or language in ("cpp", "c++"):
                    left += 1
                elif language == "yaml":
                    done += 1
                    if error := run_yaml(body, notes, folder):
                        failures.append(f"{place}: {error}")
                else:
                    for text in body.replace("\\\n", " ").splitlines():
                        was_run, error = run_command(command_of(text), notes, folder)
                        done, left = done + was_run, left + (not was_run)
                        if error:
                            failures.append(f"{place}: {command_of(text)}: {error}")
    print("\n".join(failures))
    print(f"{done} commands and blocks run, {left} lines and blocks not, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
