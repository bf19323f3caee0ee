"""Graphs whose tasks are functions of Python, run for real by any system."""
from __future__ import annotations

import json
import pickle
import threading
from typing import Any, Hashable, Mapping, Union

from wukong import _wukong
from wukong._experiments import _input, _without_policies
from wukong._graphs import Graph


def emulate(graph: Graph, *, system: Union[str, Mapping[str, Any]] = "wukong",
            platform: Union[str, Mapping[str, Any]] = "local", **overrides: Any) -> tuple[dict, dict[Hashable, Any]]:
    """Runs a graph for real, in the wall clock's time: `system` schedules it, and each task calls its
    `run` with the results of the tasks before it. Returns the result document, whose run has measured
    times, and the results of the tasks without successors, by name.

    platform: `local` delays nothing that the machine does not; another one has its cold starts and API
        calls, which `emulation={"speed": 100}` shortens.
    overrides: further keys of an experiment, such as `emulation={"workers": 8}`: threads that run tasks.

    Functions run on several threads, and share the interpreter's lock. One that raises makes its
    Lambda function fail, which the system repeats or not; a run that fails has no results, and its
    `failure` ends with the exception. Ctrl-C ends the run, and raises KeyboardInterrupt. Raises ValueError
    for a task without `run`, ExperimentError for what is wrong with the rest.
    """
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("an emulation is run by the program's main thread, which gets Ctrl-C")
    _without_policies([system, *overrides.get("systems", [])], "emulated")
    dag = graph.build()
    names = graph._order()
    functions = [graph._tasks[name]["run"] for name in names]
    for name, function in zip(names, functions):
        if function is None:
            raise ValueError(f"task {name!r} has no `run`")

    def call(task: int, inputs: list[bytes]) -> bytes:
        return pickle.dumps(functions[task](*map(pickle.loads, inputs)))

    described = _input({"platform": platform, "workload": dag, "systems": [system]}, overrides)
    document, values, signal = _wukong.emulate(described, call)
    if signal is not None:
        raise KeyboardInterrupt
    return json.loads(document), {names[task]: pickle.loads(value) for task, value in values.items()}
