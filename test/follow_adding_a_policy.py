#!/usr/bin/env python3
"""Follows docs/adding_a_policy.md to the letter in a copy of the tree: creates the files, makes the
insertions, builds, and runs the commands of the page; one of them checks the policy's invariants. Then
breaks the policy, and expects the check to notice. So the page cannot rot."""
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(sys.argv[1]).resolve()
COPY = pathlib.Path(sys.argv[2]).resolve()


def run(*command):
    print("+", " ".join(str(word) for word in command), flush=True)
    subprocess.run([str(word) for word in command], cwd=COPY, check=True)


def copy_tree():
    """Only what changed is copied, so that a second run builds little."""
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT,
                            check=True, capture_output=True, text=True).stdout.split("\n")
    for old in COPY.rglob("*"):  # a file that has been moved would be compiled twice
        name = old.relative_to(COPY)
        if old.is_file() and name.parts[0] != "build" and not (ROOT / name).is_file():
            old.unlink()
    for name in filter(None, listed):
        source, target = ROOT / name, COPY / name
        if not source.is_file():
            continue
        if target.exists() and target.read_bytes() == source.read_bytes():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def follow(page):
    files, insertions = {}, {}
    target = None
    for match in re.finditer(r"```(\w+)\n(.*?)```|([^\n]+)\n", page, re.S):
        language, block, prose = match.groups()
        if prose is not None:
            if found := re.search(r"[Cc]reate `([^`]+)`|^and `([^`]+\.cpp)`:", prose):
                target = ("create", found.group(1) or found.group(2))
            elif found := re.search(r"In `([^`]+)`, include .* after `(.+)`:", prose):
                edited = found.group(1)
                target = ("insert", edited, found.group(2))
            elif found := re.search(r"(?:in `([^`]+)`, )?add a line after `(.+)`:", prose):
                edited = found.group(1) or edited
                target = ("insert", edited, found.group(2))
            continue
        if language == "console" or target is None:
            continue
        if target[0] == "create":
            files[target[1]] = block
        else:
            insertions.setdefault(target[1], []).append((target[2], block))
        target = None
    for name, block in files.items():
        write(COPY / name, block)
    for name, edits in insertions.items():
        text = (ROOT / name).read_text()
        for after, block in edits:
            assert text.count(after + "\n") == 1, f"{name} has no line `{after}`"
            text = text.replace(after + "\n", after + "\n" + block)
        write(COPY / name, text)
    assert len(files) == 3 and sum(map(len, insertions.values())) == 3, "the page has changed its steps"


def expect_check_to_notice(commands):
    """The check knows the policy: one that runs its tasks twice fails it, and only it."""
    source = COPY / "scheduler/serial/serial.cpp"
    text = source.read_text()
    execute = "co_await platform_.tasks().execute(host, task, dag_.cost(task));\n"
    assert text.count(execute) == 1
    write(source, text.replace(execute, execute + "      " + execute))
    run("cmake", "--build", "build", "--target", "wukong")
    for command in commands:
        done = subprocess.run(["bash", "-c", "build/wukong " + command], cwd=COPY, capture_output=True, text=True)
        checked = "--check" in command
        assert done.returncode == (1 if checked else 0), (command, done.returncode, done.stdout, done.stderr)
        assert ("was executed 2 times" in done.stdout) == checked, (command, done.stdout)
    write(source, text)


def main():
    COPY.mkdir(parents=True, exist_ok=True)
    copy_tree()
    page = (ROOT / "docs/adding_a_policy.md").read_text()
    follow(page)
    if not (COPY / "build/build.ninja").exists():
        run("cmake", "-G", "Ninja", "-S", ".", "-B", "build", "-DBUILD_TESTING=OFF", "-DCMAKE_CXX_FLAGS=-O0", "-DWUKONG_PYTHON=OFF",
            "-DCMAKE_UNITY_BUILD=ON", "-DCMAKE_UNITY_BUILD_BATCH_SIZE=25")
    run("cmake", "--build", "build", "--target", "wukong")
    commands = re.findall(r"^\$ build/release/wukong (.*)$", page, re.M)
    assert any("--check" in command for command in commands), "the page checks its policy no more"
    for command in commands:
        run("bash", "-c", "build/wukong " + command)
    expect_check_to_notice(commands)


main()
