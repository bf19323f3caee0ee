#!/usr/bin/env python3
"""Plays power losses back: what a sweep does to its files is recorded, and then cut off anywhere.

  test/io/power_loss.py PROGRAM LIBRARY [--cuts 30] [--seed NUMBER]

LIBRARY is test/io/failing_calls.cpp, built; it records each write, truncation, fsync, and change of
a name. After a cut a file has what was written before its last fsync, and of what was written after
it any part: whole writes that are missing, and sectors of others. Names change in their order, and
are as sure as the last fsync of the folder. With what is left of each cut: the results file can be
read, has no row that is not the sweep's, and has every row that a commit has promised; and the sweep
goes on to the same results. A disk that forgets its fsyncs must be found out, or this test could
not fail.
"""
import argparse
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile

SWEEP = """\
platform: aws-2020
workload: {tree_reduction: {elements: 8}}
systems: [wukong, pywren]
sweep: {axes: {workload.tree_reduction.elements: [8, 16, 32]}}
"""
SECTOR = 512  # bytes that a disk writes whole or not at all


class File:
    def __init__(self):
        self.sure = bytearray()
        self.unsure = []  # (place, bytes), or a size, in their order

    @staticmethod
    def apply(content, change):
        if isinstance(change, int):
            del content[change:]
            content.extend(bytes(change - len(content)))
            return
        place, data = change
        content.extend(bytes(max(0, place + len(data) - len(content))))
        content[place:place + len(data)] = data

    def sync(self):
        for change in self.unsure:
            self.apply(self.sure, change)
        self.unsure = []

    def after_loss(self, luck):
        """What a disk may have of it; `luck` says whether something that was not sure is there."""
        content = bytearray(self.sure)
        for change in self.unsure:
            if isinstance(change, int):
                if luck():
                    self.apply(content, change)
                continue
            place, data = change
            for begin in range(0, len(data), SECTOR):
                if luck():
                    self.apply(content, (place + begin, data[begin:begin + SECTOR]))
        return content


class Disk:
    """The folder, as far as the calls that were played go."""

    def __init__(self, folder):
        self.folder = str(folder)
        self.files = {}  # by inode
        self.sure_names, self.unsure_names = {}, []

    def play(self, call):
        verb, arguments, data = call
        if verb == "open":
            inode, how, path = arguments.split(" ", 2)
            if how == "created":
                self.files[inode] = File()
                self.unsure_names.append(("add", path, inode))
            return
        if verb == "rename":
            self.unsure_names.append(("move", *arguments.split("\t")))
            return
        if verb == "remove":
            self.unsure_names.append(("drop", arguments, None))
            return
        inode, *numbers = arguments.split()
        file = self.files.get(inode)
        if verb == "sync" and file is None:  # the folder
            self.sure_names = self.names(len(self.unsure_names))
            self.unsure_names = []
        elif verb == "sync":
            file.sync()
        elif file is not None:
            file.unsure.append(int(numbers[0]) if verb == "truncate" else (int(numbers[0]), data))

    def names(self, changes):
        names = dict(self.sure_names)
        for what, first, second in self.unsure_names[:changes]:
            if what == "add":
                names[first] = second
            elif what == "drop":
                names.pop(first, None)
            elif first in names:
                names[second] = names.pop(first)
        return names

    def after_loss(self, folder, luck, kept_names):
        folder.mkdir()
        for path, inode in self.names(kept_names).items():
            name = os.path.relpath(path, self.folder)
            (folder / name).write_bytes(self.files[inode].after_loss(luck))


def read_calls(path):
    record, place, calls = path.read_bytes(), 0, []
    while place < len(record):
        end = record.index(b"\n", place)
        verb, arguments = record[place:end].decode().split(" ", 1)
        place, data = end + 1, b""
        if verb == "write":
            size = int(arguments.split()[2])
            data, place = record[place:place + size], place + size
        calls.append((verb, arguments, data))
    return calls


def rows(database):
    """The runs of a copy of the file with its journal, which reading would remove."""
    if not database.exists():
        return set()
    with tempfile.TemporaryDirectory(prefix="power_loss.") as folder:
        for path in database.parent.glob(database.name + "*"):
            shutil.copy(path, folder)
        connection = sqlite3.connect(pathlib.Path(folder) / database.name)
        try:
            connection.execute("PRAGMA quick_check").fetchall()
            known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'runs'").fetchall()
            return set(connection.execute("SELECT key, status, trace_hash, metrics FROM runs JOIN"
                                          " cells ON cells.run = runs.id")) if known else set()
        finally:
            connection.close()


def run(program, folder, *arguments, **environment):
    outcome = subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True,
                             env=dict(os.environ, **environment), timeout=120, check=False)
    return outcome.returncode, outcome.stdout, outcome.stderr.strip()[-300:]


def promised_rows(calls, upto, folder, scratch):
    """What is there if all calls up to the last fsync before `upto` reached the disk."""
    syncs = [i for i in range(upto) if calls[i][0] == "sync"]
    disk = Disk(folder)
    for call in calls[:syncs[-1] + 1 if syncs else 0]:
        disk.play(call)
    shutil.rmtree(scratch, ignore_errors=True)
    disk.after_loss(scratch, lambda: True, len(disk.unsure_names))
    return rows(scratch / "study.db")


def forgetful(calls):
    """As if the disk took an fsync of a file for nothing."""
    files = {arguments.split()[0] for verb, arguments, _ in calls if verb == "open"}
    return [call for call in calls if call[0] != "sync" or call[1] not in files]


def cut_off(calls, cut, kept, folders, random_numbers):
    """What is left of the results file: its rows; none if it is damaged."""
    folder, scratch = folders
    disk = Disk(folder)
    for call in calls[:cut]:
        disk.play(call)
    shutil.rmtree(scratch, ignore_errors=True)
    names = random_numbers.randint(0, len(disk.unsure_names))
    disk.after_loss(scratch, lambda: random_numbers.random() < kept, names)
    try:
        return rows(scratch / "study.db")
    except sqlite3.DatabaseError:
        return None


def forgetfulness_is_found_out(calls, cuts, folders, random_numbers):
    folder, scratch = folders
    for _ in range(cuts):
        cut = random_numbers.randint(len(calls) // 2, len(calls))
        found = cut_off(forgetful(calls), cut, 0.5, folders, random_numbers)
        if found is None or not promised_rows(calls, cut, folder, scratch) <= found:
            return True
    return False


def try_cut(program, calls, cut, kept, folders, wanted, random_numbers):
    folder, scratch = folders
    found = cut_off(calls, cut, kept, folders, random_numbers)
    if found is None:
        return "the results file is damaged"
    shutil.copy(folder / "sweep.yaml", scratch)
    promised = promised_rows(calls, cut, folder, scratch.with_name("promised"))
    if not found <= wanted:
        return "rows that are not the sweep's"
    if not promised <= found:
        return f"{len(promised - found)} rows are lost that were promised"
    code, _, said = run(program, scratch, "sweep", "sweep.yaml", "--results", "study.db")
    if code != 0:
        return f"the sweep does not go on: exit code {code}: {said}"
    if rows(scratch / "study.db") != wanted:
        return "the sweep goes on to other results"
    code, _, said = run(program, scratch, "results", "show", "--results", "study.db")
    return f"the results cannot be read: {said}" if code != 0 else None


def record(program, library, folder, log):
    (folder / "sweep.yaml").write_text(SWEEP)
    code, _, said = run(program, folder, "sweep", "sweep.yaml", "--results", "study.db",
                        "--threads", "1", LD_PRELOAD=library, RECORD=str(log),
                        RECORD_FOLDER=str(folder))
    if code != 0:
        sys.exit(f"the sweep ends with {code}: {said}")
    return read_calls(log)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("library")
    parser.add_argument("--cuts", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    program, library = (str(pathlib.Path(path).resolve())
                        for path in (arguments.program, arguments.library))
    random_numbers = random.Random(arguments.seed)
    broken = 0
    with tempfile.TemporaryDirectory(prefix="power_loss.") as place:
        folder = pathlib.Path(place).resolve() / "recorded"
        folder.mkdir()
        calls = record(program, library, folder, pathlib.Path(place) / "log")
        wanted = rows(folder / "study.db")
        verbs = [verb for verb, _, _ in calls]
        if not wanted or "sync" not in verbs or "write" not in verbs:
            sys.exit("nothing was recorded")
        folders = (folder, folder.with_name("cut"))
        if not forgetfulness_is_found_out(calls, arguments.cuts, folders, random_numbers):
            sys.exit("FAILED: a disk that forgets its fsyncs is not found out")
        for number in range(arguments.cuts):
            cut = random_numbers.randint(0, len(calls))
            kept = (0, 0.5, 0.9)[number % 3]
            problem = try_cut(program, calls, cut, kept, folders, wanted, random_numbers)
            if problem:
                broken += 1
                print(f"FAILED: after {cut} of {len(calls)} calls, {kept} of the rest: {problem}")
    print(f"{arguments.cuts} power losses within {len(calls)} calls, {verbs.count('sync')} of them "
          f"fsync: {broken} failures of this test")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
