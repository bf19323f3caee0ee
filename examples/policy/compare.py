"""Compares the example policy with Wukong and PyWren on a DAG of one's own, and draws what happened: a
table, the tasks on a time line (Gantt), and the distribution of how long functions ran (CDF). The
drawings need matplotlib; without it there is the table. Usage: compare.py [FOLDER FOR THE DRAWINGS]"""
import pathlib
import sys

from policy import EachTask

import wukong

SYSTEMS = [EachTask(), "wukong", "pywren"]


def tree(leaves=16):
    """Pairs are added up, and the sums again."""
    graph = wukong.Graph()
    level = [graph.task(f"load-{i}", kind="load", seconds=0.2, input_bytes=5_000_000, output_bytes=1_000_000)
             for i in range(leaves)]
    while len(level) > 1:
        level = [graph.task(f"add({one},{other})", kind="add", seconds=0.05, output_bytes=1_000_000,
                            after=[one, other]) for one, other in zip(level[::2], level[1::2])]
    return graph


def tasks_of(events):
    """(host, begin, end) of each task."""
    begun = {}
    for event in events:
        if event["event"] == "task_started":
            begun[event["task"]] = event["time_s"]
        elif event["event"] == "task_finished":
            yield event["host"], begun.pop(event["task"]), event["time_s"]


def draw(result, timelines, folder):
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(len(timelines), figsize=(8, 7), layout="constrained")
    for axis, (system, events) in zip(axes, timelines.items()):
        rows = {}
        for host, begin, end in tasks_of(events):
            axis.barh(rows.setdefault(host, len(rows)), end - begin, left=begin)
        axis.set(title=system, xlabel="time (s)", ylabel="function", xlim=(0, None))
    figure.savefig(folder / "gantt.svg")

    figure, axis = pyplot.subplots()
    for system, events in timelines.items():
        billed = sorted(event["billed_s"] for event in events if event["event"] == "finished")
        axis.step(billed, [(i + 1) / len(billed) for i in range(len(billed))], label=system, where="post")
    axis.set(xlabel="billed time of a function (s)", ylabel="share of the functions")
    axis.legend()
    figure.savefig(folder / "cdf.svg")

    figure, axis = pyplot.subplots()
    names = list(timelines)
    times = {name: [run["makespan_s"] for run in result["runs"] if run["system"] == name] for name in names}
    axis.boxplot(list(times.values()))
    axis.set_xticks(range(1, len(names) + 1), names)
    axis.set(ylabel="time (s)", ylim=(0, None))
    figure.savefig(folder / "comparison.svg")


def main(folder):
    experiment = {"platform": "aws-2020", "workload": tree(), "replicates": 5}
    result = wukong.run(experiment, systems=SYSTEMS)
    for run in result["runs"]:
        print(f"{run['system']:10} seed {run['seed']}  {run['makespan_s']:6.3f} s  ${run['cost_usd']['total']:.6f}")
    if folder is None:
        return
    names = list(dict.fromkeys(run["system"] for run in result["runs"]))
    timelines = {name: wukong.events(experiment, systems=[system]) for name, system in zip(names, SYSTEMS)}
    try:
        draw(result, timelines, pathlib.Path(folder))
    except ImportError:
        print("no matplotlib: no drawings")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
