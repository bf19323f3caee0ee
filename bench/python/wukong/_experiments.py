"""Experiments and sweeps: given as files or as dicts, run, and their results."""
from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any, Mapping, Sequence, Union

from wukong import _wukong
from wukong._graphs import Graph
from wukong._policy import Policy

Experiment = Union[Mapping[str, Any], str, "os.PathLike[str]"]

# What stands in the text where something is that no text can say.
_PLACE_OF_DAG = {"noop": {"tasks": 1, "lambdas": 1}}
_PLACE_OF_POLICY = "ideal"


def _label(policy: Policy) -> str:
    return policy.name or type(policy).__name__


def _systems(systems: Sequence[Any]):
    """The systems as text has them, and the policies among them, by label."""
    written, policies = [], {}
    for system in systems:
        if isinstance(system, type) and issubclass(system, Policy):
            system = system()
        if isinstance(system, Policy):
            policies[_label(system)] = system
            system = {_PLACE_OF_POLICY: {"name": _label(system)}}
        written.append(system)
    return written, policies


def _without_policies(systems: Any, what: str) -> None:
    for system in systems if isinstance(systems, (list, tuple)) else [systems]:
        if isinstance(system, Policy) or (isinstance(system, type) and issubclass(system, Policy)):
            raise TypeError(f"policies in Python are simulated by `run`, and not {what}: {_label(system) if isinstance(system, Policy) else system.__name__}")


def _setting(key: str, value: Any) -> str:
    return f"{key}={json.dumps(value)}"


def _input(experiment: Experiment, overrides: Mapping[str, Any]):
    policies, dag = {}, None
    changed = dict(overrides)
    if isinstance(experiment, Mapping):
        described = dict(experiment)
        described.update({key: changed.pop(key) for key in ("systems", "workload", "platform")
                          if key in changed})
    else:
        described = changed
    if "systems" in described:
        described["systems"], policies = _systems(described["systems"])
    workload = described.get("workload")
    if isinstance(workload, Graph):
        workload = workload.build()
    if isinstance(workload, _wukong.Dag):
        dag = workload
        described["workload"] = _PLACE_OF_DAG
    if isinstance(experiment, Mapping):
        text, file = json.dumps(described, indent=1), "<dict>"
    else:
        text, file = "", os.fspath(experiment)
        changed = described
    settings = [_setting(key, value) for key, value in changed.items()]
    return _wukong.ExperimentInput(text, file, settings, policies, dag)


def run(experiment: Experiment, *, threads: int = 0, **overrides: Any) -> dict:
    """Runs an experiment, and returns its result document ("wukong.result/1", for a load
    "wukong.load/1"): what `wukong run --json` writes, as a dict.

    experiment: the path of a YAML file, or a dict with the same keys (platform, workload, systems,
        replicates, seed, ...). In a dict, `systems` may hold `Policy` objects beside names of presets,
        and `workload` may be a `Graph` or a `Dag`.
    threads: runs at the same time; 0: one for each core. Policies in Python run one after another.
        Ctrl-C is heard by these at once, by others when the runs are done (`sweep` hears it between two).
    overrides: keys that are changed, such as `seed=7` or `**{"workload.tsqr.rows": 65536}`.

    Raises ExperimentError for what is wrong in the experiment, and what a policy raises. A run that
    fails in simulated time raises nothing: its `completed` is False, and its `failure` says why.
    """
    return json.loads(_wukong.run_experiment(_input(experiment, overrides), threads, False)[0])


def events(experiment: Experiment, **overrides: Any) -> list[dict]:
    """What happens in the first run of an experiment, in order: a dict for each event, with `time_s`,
    `event` and what it is about. Arguments and errors are those of `run`; the experiment has one DAG.

    task_started, task_finished: `host` and `task`; object_read, object_written: `host`, `object`,
    `bytes`; invoked, throttled: `invocation`; started, finished, failed: `invocation` and `environment`,
    and `cold` or `billed_s`; counter_changed, published, queue_sent, queue_received: `host` and what was
    changed. All are numbers; those of tasks and objects are the DAG's.
    """
    _, listed = _wukong.run_experiment(_input(experiment, overrides), 1, True)
    return [_event(*event) for event in listed]


_EVENTS = {"task_started": ("host", "task", None), "task_finished": ("host", "task", None),
           "object_read": ("host", "object", "bytes"), "object_written": ("host", "object", "bytes"),
           "invoked": ("invocation", None, None), "throttled": ("invocation", None, None),
           "started": ("invocation", "environment", "cold"),
           "finished": ("invocation", "environment", "billed_s"),
           "failed": ("invocation", "environment", None),
           "counter_changed": ("host", "counter", "value"), "published": ("host", "channel", "message"),
           "queue_sent": ("host", "message", None), "queue_received": ("host", "message", None),
           "lease_expired": (None, "message", None)}


def _event(time_ns: int, event: str, *values: int) -> dict:
    row: dict = {"time_s": time_ns / 1e9, "event": event}
    row.update({key: value for key, value in zip(_EVENTS[event], values) if key is not None})
    if "billed_s" in row:
        row["billed_s"] /= 1e9
    if "cold" in row:
        row["cold"] = row["cold"] == 1
    return row


def sweep(description: Experiment, results: Union[str, "os.PathLike[str]"], *, threads: int = 0,
          progress: bool = True, **overrides: Any) -> dict:
    """Runs a sweep (docs/sweeps.md) on several threads, and keeps its results in the file `results`,
    which is made or continued: what is there is not computed again. `read_results` reads it.

    Returns how many runs were expected, are done, were computed now, and failed; `warnings`; and the
    `seconds` of real time that it took. Ctrl-C stops it cleanly, and raises KeyboardInterrupt; the
    same call goes on later. Raises ExperimentError for what is wrong in the sweep or the file.
    """
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("a sweep is run by the program's main thread, which gets Ctrl-C")
    of_file = description.get("systems", []) if isinstance(description, Mapping) else []
    _without_policies(overrides.get("systems", of_file), "swept")
    described = _input(description, overrides)
    outcome = _wukong.run_sweep(described, str(Path(results)), threads, progress)
    if outcome.pop("signal") is not None:
        raise KeyboardInterrupt
    return outcome
