#!/usr/bin/env python3
"""What `./dev run` says on machines that lack something; the tools are false ones. Usage: dev_script.py ROOT"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(sys.argv[1])
TOOLS = ["bash", "env", "grep", "sed", "dirname", "nproc", "tail", "mkdir"]
failures = []


def dev_run(what, tools, words, forbidden=()):
    with tempfile.TemporaryDirectory(prefix="wukong-dev-") as name:
        folder = pathlib.Path(name)
        path = folder / "bin"
        path.mkdir()
        for tool in TOOLS:
            (path / tool).symlink_to(shutil.which(tool))
        for tool, script in {"dpkg-query": "exit 1", **tools}.items():
            (path / tool).write_text("#!/bin/sh\n" + script + "\n")
            (path / tool).chmod(0o755)
        shutil.copy(ROOT / "dev", folder / "dev")
        result = subprocess.run([folder / "dev", "run"], env={**os.environ, "PATH": str(path)},
                                capture_output=True, text=True, timeout=60, check=False)
        text = result.stdout + result.stderr
        wrong = [word for word in words if word not in text]
        wrong += [word for word in forbidden if word in text]
        if result.returncode != 1 or wrong or len(text.splitlines()) > 20:
            failures.append(f"{what}: exit code {result.returncode}, {wrong}\n{text}")


ROOT_USER, USER = {"id": "echo 0"}, {"id": "echo 1000"}
dev_run("without sudo", {**USER, "apt-get": "exit 0"},
        ["there is no sudo", "As root: apt-get install"], ["command not found"])
dev_run("without apt-get", ROOT_USER, ["apt-get, which this system lacks"], ["command not found"])
dev_run("packages that cannot be had", {**ROOT_USER, "apt-get": "seq 1000; echo no network; exit 100"},
        ["no network", "build/install.log"])
dev_run("a build that fails",
        {**ROOT_USER, "apt-get": "exit 0", "cmake": "echo no compiler; exit 1"},
        ["first build: about", "no compiler", "build/configure.log"], ["openmpi", "catch2"])
print("\n".join(failures) or "./dev says what is missing")
sys.exit(1 if failures else 0)
