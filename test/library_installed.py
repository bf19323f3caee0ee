#!/usr/bin/env python3
"""Installs what is built below a scratch prefix, builds examples/policy against it as a user outside of the
tree does, and runs that, the installed program and the installed Python package.
Usage: library_installed.py SOURCE BUILD EXAMPLE PYTHON (EXAMPLE: the same, built in the tree; PYTHON: empty
if there is no module)"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SOURCE, BUILD, EXAMPLE, PYTHON = sys.argv[1:5]


def run(*command, **options):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


with tempfile.TemporaryDirectory(prefix="wukong-install-") as name:
    folder = pathlib.Path(name)
    prefix, project = folder / "prefix", folder / "project"
    run("cmake", "--install", BUILD, "--prefix", prefix)
    shutil.copytree(f"{SOURCE}/examples/policy", project)
    run("cmake", "-G", "Ninja", "-S", project, "-B", folder / "build", f"-DCMAKE_PREFIX_PATH={prefix}",
        "-DCMAKE_CXX_FLAGS=-O0")
    run("cmake", "--build", folder / "build")
    printed = run(folder / "build/each_task")
    assert printed == run(EXAMPLE), f"the installed library does something else:\n{printed}"
    (folder / "experiment.yaml").write_text(
        "platform: aws-2020\nworkload: {sketch: {edges: \"a -> b\"}}\nsystems: [wukong]\n")
    assert "wukong 0." in run(prefix / "bin/wukong", "--version")
    run(prefix / "bin/wukong", "run", folder / "experiment.yaml")
    if PYTHON:
        package = next(prefix.glob("lib*/**/dist-packages"))
        run(PYTHON, "-c", "import wukong; assert wukong.run('experiment.yaml')['runs'][0]['completed']",
            cwd=folder, env={**os.environ, "PYTHONPATH": str(package)})
print("the installed library, program and package work")
