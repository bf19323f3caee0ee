"""DAGs that are built in Python, or come from networkx and Dask. Neither is imported: a graph is what
has the methods of one."""
from __future__ import annotations

from typing import Any, Callable, Hashable, Iterable, Mapping, Optional

from wukong import _wukong

_NUMBERS = ("seconds", "threads", "memory_bytes", "input_bytes", "output_bytes")


class Graph:
    """Tasks by name, and which waits for which. Each task writes one object, which its successors read.

        graph = wukong.Graph()
        graph.task("load", seconds=0.5, input_bytes=10_000_000, output_bytes=1_000_000)
        graph.task("count", seconds=1.0, output_bytes=8, after=["load"])
        wukong.run({"platform": "aws-2020", "workload": graph, "systems": ["wukong"]})
    """

    def __init__(self) -> None:
        self._tasks: dict[Hashable, dict] = {}

    def task(self, name: Hashable, *, seconds: float = 0.0, output_bytes: int = 8,
             after: Iterable[Hashable] = (), input_bytes: int = 0, memory_bytes: int = 0,
             threads: int = 1, kind: Optional[str] = None,
             run: Optional[Callable[..., Any]] = None) -> Hashable:
        """Adds a task, and returns its name.

        seconds: how long it takes on as many vCPUs as it has threads; longer where there are fewer.
        output_bytes: of the object that it writes.
        after: names of the tasks whose objects it reads, which may be added later.
        input_bytes: of an object of its own that is in the store before the run; 0: none.
        memory_bytes: what must fit beside its inputs and its output.
        kind: what tasks that do the same are called; else the name.
        run: what it computes when it is emulated (`wukong.emulate`), from the results of `after`, in
            that order. Arguments and result are pickled.

        Raises ValueError for a name that is there already, and for numbers below 0.
        """
        if name in self._tasks:
            raise ValueError(f"there is a task {name!r} already")
        values = {"seconds": seconds, "threads": threads, "memory_bytes": memory_bytes,
                  "input_bytes": input_bytes, "output_bytes": output_bytes}
        for key, value in values.items():
            least = 1 if key == "threads" else 0
            if not least <= value < 2**53:
                raise ValueError(f"task {name!r}: expected {key} of at least {least}, found {value!r}")
        self._tasks[name] = {**values, "after": list(dict.fromkeys(after)),
                             "kind": kind or str(name), "run": run}
        return name

    def __len__(self) -> int:
        return len(self._tasks)

    @property
    def edges(self) -> list[tuple[Hashable, Hashable]]:
        """Pairs (before, after)."""
        return [(before, name) for name, task in self._tasks.items() for before in task["after"]]

    def _order(self) -> list[Hashable]:
        """Each task after its predecessors; of several that can be next, the one added first."""
        successors: dict[Hashable, list] = {name: [] for name in self._tasks}
        missing = {}
        for name, task in self._tasks.items():
            missing[name] = len(task["after"])
            for before in task["after"]:
                if before not in self._tasks:
                    raise ValueError(f"task {name!r} is after {before!r}, which is no task")
                successors[before].append(name)
        order = [name for name, count in missing.items() if count == 0]
        for name in order:
            for successor in successors[name]:
                missing[successor] -= 1
                if missing[successor] == 0:
                    order.append(successor)
        if len(order) < len(self._tasks):
            left = [repr(name) for name, count in missing.items() if count > 0]
            raise ValueError(f"tasks wait for each other in a circle, or for one: {', '.join(left[:5])}")
        return order

    def build(self) -> _wukong.Dag:
        """The Dag. Raises ValueError for an unknown predecessor, a circle, or no task at all."""
        if not self._tasks:
            raise ValueError("a DAG has at least one task")
        numbers: dict[Hashable, int] = {}
        lines = []
        for name in self._order():
            task = self._tasks[name]
            numbers[name] = len(numbers)
            lines.append(_wukong.TaskLine(str(name), task["kind"], task["seconds"], task["threads"],
                                          task["memory_bytes"], task["input_bytes"],
                                          task["output_bytes"],
                                          [numbers[before] for before in task["after"]]))
        return _wukong.make_dag(lines)

    @classmethod
    def from_networkx(cls, graph: Any, **defaults: Any) -> "Graph":
        """Of a directed graph of networkx. A node's attributes `seconds`, `output_bytes`, ... are those
        of `task()`; `defaults` are for nodes without. Raises TypeError if it is not directed."""
        if not graph.is_directed():
            raise TypeError("expected a directed graph, such as networkx.DiGraph")
        made = cls()
        for node, attributes in graph.nodes(data=True):
            values = {**defaults, **{key: attributes[key] for key in (*_NUMBERS, "kind")
                                     if key in attributes}}
            made.task(node, after=graph.predecessors(node), **values)
        return made

    @classmethod
    def from_dask(cls, graph: Any, cost: Optional[Callable[[Hashable, Any], Mapping[str, Any]]] = None,
                  **defaults: Any) -> "Graph":
        """Of a Dask graph: a dict of keys and tasks, or what has one (`dask.delayed`, a collection).
        A graph of Dask says nothing of times: `cost(key, task)` gives the arguments of `task()`, or
        `defaults` are those of all tasks."""
        if hasattr(graph, "__dask_graph__"):
            graph = graph.__dask_graph__()
        graph = dict(graph)
        made = cls()
        for key, task in graph.items():
            after = [other for other in _dask_keys(task, graph) if other != key]
            made.task(key, after=after, **{**defaults, **(cost(key, task) if cost else {})})
        return made


def _dask_keys(task: Any, graph: Mapping) -> list[Hashable]:
    """The keys of the graph that a task of Dask reads: as newer ones say it, or among its arguments."""
    if hasattr(task, "dependencies"):
        return [key for key in task.dependencies if key in graph]
    found: dict[Hashable, None] = {}
    waiting = [task]
    while waiting:
        value = waiting.pop(0)
        try:
            if value in graph:
                found[value] = None
                continue
        except TypeError:  # no key: it cannot be hashed
            pass
        if isinstance(value, (list, tuple)):
            waiting.extend(value)
        elif isinstance(value, dict):
            waiting.extend(value.values())
    return list(found)
