#!/usr/bin/env python3
"""The Python module: results as the program has them, errors, DAGs, sweeps, and policies in Python.
Usage: module_test.py SOURCE PROGRAM PACKAGE EXAMPLE"""
import ast
import gc
import importlib.util
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import unittest
import warnings

SOURCE, PROGRAM, PACKAGE, EXAMPLE = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:5])
sys.path.insert(0, PACKAGE)
import wukong  # noqa: E402

SMALL = {"platform": "aws-2020", "workload": {"sketch": {"edges": "a -> c; b -> c", "seconds": [0.5, 1, 0.25]}},
         "systems": ["wukong"]}


def example_policy():
    spec = importlib.util.spec_from_file_location("policy", f"{SOURCE}/examples/policy/policy.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def runs_of(policy, **changes):
    return wukong.run({**SMALL, "systems": [policy], **changes})["runs"]


class Alone(wukong.Policy):
    """One function does what `handler` does; the tests make its body."""
    handler_error = None

    def setup(self, platform):
        self.platform = platform
        self.client = platform.rent("c5.4xlarge")
        self.function = platform.add_function()

    async def run(self, platform):
        reply = await platform.invoke_sync(self.client, self.function, 100, self.handler)
        return None if reply == "accepted" else reply

    async def handler(self, environment):
        for task in self.platform.dag.tasks:
            await self.platform.execute(environment.host, task)


class Experiments(unittest.TestCase):
    def test_a_run_gives_the_document_that_the_program_writes(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "experiment.yaml"
            file.write_text(json.dumps({**SMALL, "systems": ["wukong", "pywren"], "replicates": 2}))
            written = subprocess.run([PROGRAM, "run", file, "--json", "-"], check=True, capture_output=True)
            documents = [wukong.run(file), json.loads(written.stdout)]
            for document in documents:  # each says of what commit it was built
                self.assertEqual(document.pop("program")["version"], wukong.__version__)
            self.assertEqual(*documents)
            self.assertEqual([run["seed"] for run in wukong.run(file, seed=5)["runs"]], [5, 6, 5, 6])

    def test_a_dict_is_run_as_a_file_is(self):
        one = wukong.run(SMALL, replicates=2, **{"platform.functions.memory_mb": 1024})
        self.assertEqual(one["schema"], "wukong.result/1")
        self.assertEqual(len(one["runs"]), 2)
        self.assertTrue(all(run["completed"] for run in one["runs"]))
        self.assertEqual(one["parameters"]["platform"]["functions"]["memory_mb"]["value"], 1024)

    def test_what_is_wrong_names_its_place(self):
        with self.assertRaisesRegex(ValueError, r'<dict>:\d+: systems.*"wukon".*did you mean "wukong"'):
            wukong.run({**SMALL, "systems": ["wukon"]})
        with self.assertRaisesRegex(wukong.ExperimentError, "no-such-file.yaml"):
            wukong.run("no-such-file.yaml")
        with self.assertRaisesRegex(wukong.ExperimentError, "nonsense"):
            wukong.run(SMALL, nonsense=1)

    def test_rows_of_results_are_flat(self):
        document = wukong.run(SMALL)
        try:
            import pandas  # noqa: F401
        except ImportError:
            with self.assertRaises(ImportError):
                wukong.frame(document)
            return
        table = wukong.frame(document)
        self.assertEqual(list(table["makespan_s"]), [document["runs"][0]["makespan_s"]])

    def test_events_tell_when_each_task_ran_and_where(self):
        events = wukong.events(SMALL, systems=["pywren"])
        started = {event["task"]: event for event in events if event["event"] == "task_started"}
        finished = {event["task"]: event for event in events if event["event"] == "task_finished"}
        self.assertEqual((sorted(started), sorted(finished)), ([0, 1, 2], [0, 1, 2]))
        self.assertEqual([started[task]["host"] for task in range(3)],
                         [finished[task]["host"] for task in range(3)])
        times = sorted(finished[task]["time_s"] - started[task]["time_s"] for task in range(3))
        for found, expected in zip(times, [0.25, 0.5, 1.0]):
            self.assertAlmostEqual(found, expected)
        billed = sum(event["billed_s"] for event in events if event["event"] == "finished")
        self.assertGreater(billed, 1.75)
        self.assertTrue(all(event["cold"] in (True, False) for event in events if event["event"] == "started"))

    def test_a_sweep_keeps_its_results_in_a_file_and_goes_on_where_it_was(self):
        sweep = {**SMALL, "sweep": {"axes": {"platform.functions.memory_mb": [1024, 2048]}}, "replicates": 2}
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "study.db"
            first = wukong.sweep(sweep, file, progress=False)
            self.assertEqual((first["expected"], first["computed"], first["failed"]), (4, 4, 0))
            self.assertEqual(wukong.sweep(sweep, file, progress=False)["computed"], 0)
            rows = wukong.read_results(file)
            self.assertEqual(sorted(row["memory_mb"] for row in rows), [1024, 1024, 2048, 2048])
            alone = wukong.run(SMALL, **{"platform.functions.memory_mb": 1024})["runs"][0]
            self.assertIn(alone["makespan_s"], [row["makespan_s"] for row in rows])
        with self.assertRaises(FileNotFoundError):
            wukong.read_results(file)

    def test_policies_in_python_are_neither_swept_nor_emulated(self):
        with tempfile.TemporaryDirectory() as folder, self.assertRaisesRegex(TypeError, "not swept: Alone"):
            wukong.sweep({"platform": "aws-2020", "workload": {"tree_reduction": {"elements": 4}},
                          "systems": ["wukong", Alone()]}, os.path.join(folder, "x.db"), progress=False)
        graph = wukong.Graph()
        graph.task("a", run=lambda: 1)
        with self.assertRaisesRegex(TypeError, "not emulated: Alone"):
            wukong.emulate(graph, system=Alone)

    def test_ctrl_c_stops_a_sweep_cleanly(self):
        with tempfile.TemporaryDirectory() as folder:
            code = (f"import sys; sys.path.insert(0, {PACKAGE!r})\nimport wukong\n"
                    "layered = {'depth': 200, 'width': 200}\n"
                    "sweep = {'platform': 'aws-2020', 'workload': {'layered': layered}, 'systems': ['wukong'],\n"
                    "         'sweep': {'axes': {'workload.layered.seed': list(range(1, 400))}}}\n"
                    "print('begins', flush=True)\n"
                    "try:\n    wukong.sweep(sweep, 'study.db', progress=False)\n"
                    "except KeyboardInterrupt:\n    print('stopped')\n")
            running = subprocess.Popen([sys.executable, "-c", code], cwd=folder, stdout=subprocess.PIPE, text=True)
            self.assertEqual(running.stdout.readline(), "begins\n")
            while not (pathlib.Path(folder) / "study.db").exists() and running.poll() is None:
                time.sleep(0.02)
            running.send_signal(signal.SIGINT)
            self.assertEqual(running.communicate()[0], "stopped\n")
            self.assertEqual(running.returncode, 0)


class Documents(unittest.TestCase):
    def blocks(self, page):
        return re.findall(r"^```(?:python|cpp)\n(.*?)^```", pathlib.Path(SOURCE, page).read_text(), re.M | re.S)

    def test_the_page_about_python_runs(self):
        with tempfile.TemporaryDirectory() as folder:
            code = f"import sys; sys.path.insert(0, {PACKAGE!r})\n" + "".join(self.blocks("docs/python.md"))
            done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertIn("18 [('", done.stdout)
            self.assertRegex(done.stdout, r"(?m)^9 \d+\.\d+$")

    def test_the_page_about_policies_shows_the_examples_as_they_are(self):
        forms = "".join(pathlib.Path(SOURCE, "examples/policy", name).read_text()
                        for name in ["coroutine.h", "blocking.h", "policy.py"])
        blocks = self.blocks("docs/policies.md")
        self.assertEqual(len(blocks), 3)
        for block in blocks:
            self.assertIn(block, forms)

    def test_the_example_that_compares_and_draws_runs(self):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([sys.executable, f"{SOURCE}/examples/policy/compare.py", folder],
                                  env={**os.environ, "PYTHONPATH": PACKAGE}, capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertEqual(len(re.findall(r"seed \d +\d+\.\d+ s", done.stdout)), 15)
            drawn = sorted(path.name for path in pathlib.Path(folder).iterdir())
            expected = ["cdf.svg", "comparison.svg", "gantt.svg"]
            self.assertEqual(drawn, [] if "no matplotlib" in done.stdout else expected)


class Documentation(unittest.TestCase):
    def test_what_types_say_is_what_help_says(self):
        tree = ast.parse(pathlib.Path(SOURCE, "bench/python/wukong/_wukong.pyi").read_text())
        compared = 0
        for node in [node for node in tree.body if isinstance(node, ast.ClassDef)]:
            made = getattr(wukong._wukong, node.name)
            for part in [node, *[part for part in node.body if isinstance(part, ast.FunctionDef)]]:
                said = ast.get_docstring(part)
                if said is None:
                    continue
                found = made if part is node else getattr(made, part.name)
                self.assertIn(" ".join(said.split()), " ".join(found.__doc__.split()), f"{node.name}.{part.name}")
                compared += 1
        self.assertGreater(compared, 30)
        for name in wukong.__all__:
            self.assertTrue(getattr(wukong, name).__doc__, name)


class NetworkxLike:
    """What a graph of networkx looks like to who does not import it."""

    def __init__(self, nodes, edges):
        self._nodes, self._edges = nodes, edges

    def is_directed(self):
        return True

    def nodes(self, data):
        assert data
        return self._nodes.items()

    def predecessors(self, node):
        return (before for before, after in self._edges if after == node)


class Graphs(unittest.TestCase):
    def test_tasks_may_come_in_any_order(self):
        graph = wukong.Graph()
        graph.task("sum", after=["left", "right"], seconds=1)
        graph.task("left", input_bytes=1000, output_bytes=10)
        graph.task("right", kind="left")
        dag = graph.build()
        names = [dag.task_name(task) for task in dag.tasks]
        self.assertEqual(names, ["left", "right", "sum"])
        self.assertEqual(dag.predecessors(2), [0, 1])
        self.assertEqual([dag.task_kind(task) for task in dag.tasks], ["left", "left", "sum"])
        self.assertEqual(dag.size_bytes(dag.outputs(0)[0]), 10)
        self.assertEqual([dag.size_bytes(item) for item in dag.inputs(0)], [1000])
        self.assertEqual((dag.leaves, dag.sinks, dag.edge_count), ([0, 1], [2], 2))
        run = wukong.run({**SMALL, "workload": graph})
        self.assertTrue(run["runs"][0]["completed"])
        self.assertGreater(run["runs"][0]["makespan_s"], 1)
        self.assertEqual(run["parameters"]["workload"]["python"]["tasks"]["value"], 3)

    def test_what_is_no_dag_is_said(self):
        graph = wukong.Graph()
        with self.assertRaisesRegex(ValueError, "at least one task"):
            graph.build()
        graph.task("a", after=["b"])
        with self.assertRaisesRegex(ValueError, "'a' is after 'b', which is no task"):
            graph.build()
        graph.task("b", after=["a"])
        with self.assertRaisesRegex(ValueError, "in a circle.*'a', 'b'"):
            graph.build()
        with self.assertRaisesRegex(ValueError, "already"):
            graph.task("a")
        for wrong in [-1, float("nan"), float("inf")]:
            with self.assertRaisesRegex(ValueError, "seconds"):
                graph.task("c", seconds=wrong)
        with self.assertRaisesRegex(IndexError, "no task 7"):
            wukong.Graph.from_dask({"a": 1}).build().successors(7)

    def test_graphs_of_networkx(self):
        graph = wukong.Graph.from_networkx(
            NetworkxLike({"x": {"seconds": 2.0, "colour": "red"}, "y": {}}, [("x", "y")]), seconds=0.5)
        self.assertEqual(graph.edges, [("x", "y")])
        self.assertEqual([graph._tasks[name]["seconds"] for name in "xy"], [2.0, 0.5])

    def test_graphs_of_dask(self):
        def add(a, b):
            return a + b
        dask = {"x": 1, ("y", 0): (add, "x", 2), "z": (sum, ["x", ("y", 0), (add, "x", 1)]), "w": "z"}
        graph = wukong.Graph.from_dask(dask, cost=lambda key, task: {"seconds": 0.5 if key == "z" else 0.0})
        self.assertEqual(graph.edges, [("x", ("y", 0)), ("x", "z"), (("y", 0), "z"), ("z", "w")])
        self.assertEqual(graph._tasks["z"]["seconds"], 0.5)


class Emulations(unittest.TestCase):
    def words(self, count):
        graph = wukong.Graph()
        texts = ["a b c", "a a", "", "d e f g"]
        parts = [graph.task(i, run=lambda text=text: count(text), input_bytes=10) for i, text in enumerate(texts)]
        graph.task("sum", run=lambda *counts: {"words": sum(counts), "parts": counts}, after=parts)
        return graph

    def test_functions_of_python_are_run_by_any_system(self):
        for system in ["wukong", "strawman"]:
            result, values = wukong.emulate(self.words(lambda text: len(text.split())), system=system)
            self.assertTrue(result["runs"][0]["completed"], result["runs"][0]["failure"])
            self.assertEqual(result["runs"][0]["executed"], 5)
            self.assertEqual(values, {"sum": {"words": 9, "parts": (3, 2, 0, 4)}})

    def test_what_a_function_raises_is_the_failure(self):
        def fails(text):
            return 1 // len(text)
        result, values = wukong.emulate(self.words(fails))
        self.assertFalse(result["runs"][0]["completed"])
        self.assertIn("ZeroDivisionError", result["runs"][0]["failure"])
        self.assertEqual(values, {})

    def test_python_hears_ctrl_c_after_an_emulation_as_before(self):
        before = signal.getsignal(signal.SIGINT)
        wukong.emulate(self.words(len))
        self.assertIs(signal.getsignal(signal.SIGINT), before)
        with self.assertRaises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(10)

    def test_a_task_without_a_function_is_an_error(self):
        graph = self.words(len)
        graph.task("idle")
        with self.assertRaisesRegex(ValueError, "'idle' has no `run`"):
            wukong.emulate(graph)


class Policies(unittest.TestCase):
    def test_three_forms_of_a_policy_make_one_trace(self):
        golden = pathlib.Path(SOURCE, "test/golden/policy-forms.txt").read_text()
        printed = subprocess.run([EXAMPLE], check=True, capture_output=True, text=True).stdout
        self.assertEqual(printed, golden)
        python = "".join(f"{number} {trace} {trace}\n" for number, trace in example_policy().hashes())
        self.assertEqual(python, golden)

    def test_replicates_begin_anew(self):
        class Remembers(Alone):
            seen = 0

            def setup(self, platform):
                super().setup(platform)
                self.seen += 1
                assert self.seen == 1

        policy = Remembers()
        self.assertEqual([run["seed"] for run in runs_of(policy, replicates=3)], [1, 2, 3])
        self.assertEqual(policy.seen, 0)
        one, other = (wukong.run({**SMALL, "systems": [Remembers, "wukong"]}) for _ in range(2))
        self.assertEqual(one, other)
        self.assertEqual([run["system"] for run in one["runs"]], ["Remembers", "wukong"])

    def test_jobs_that_arrive_on_one_account_run_a_policy_each(self):
        jobs = {"jobs": {"arrivals": {"poisson_per_minute": 30}, "count": 3, "of": [{"sketch": {"edges": "a -> b"}}]}}
        run = runs_of(Alone(), workload=jobs)[0]
        self.assertTrue(run["completed"], run["failure"])
        self.assertEqual(run["executed"], 6)

        class Fails(Alone):
            def setup(self, platform):
                raise KeyError("in setup")
        for workload in (jobs, SMALL["workload"]):
            with self.assertRaisesRegex(KeyError, "in setup"):
                runs_of(Fails(), workload=workload)

    def test_a_reason_is_a_failure(self):
        class GivesUp(wukong.Policy):
            async def run(self, platform):
                await platform.sleep(2)
                return f"no luck at {platform.now}"
        run = runs_of(GivesUp())[0]
        self.assertFalse(run["completed"])
        self.assertIn("no luck at 2.0", run["failure"])

    def failing(self, body, *words):
        """What a handler raises comes out of wukong.run, with the handler's line in its traceback."""
        class Fails(Alone):
            async def handler(self, environment):
                await body(self, environment)
        try:
            runs_of(Fails())
            text = "nothing was raised"
        except Exception:  # of any type: `words` say which
            text = traceback.format_exc()
        for word in (*words, body.__name__):
            self.assertIn(word, text)

    def test_exceptions_keep_their_traceback(self):
        async def divides(policy, environment):
            await policy.platform.sleep(0.1)
            1 / 0
        self.failing(divides, "ZeroDivisionError", "1 / 0")

        class NoRun(wukong.Policy):
            pass
        with self.assertRaisesRegex(NotImplementedError, "async def run"):
            runs_of(NoRun())

        class NotAsync(Alone):
            def run(self, platform):
                return 3
        with self.assertRaisesRegex(TypeError, "expected a coroutine.*found 3"):
            runs_of(NotAsync())

    def test_foreign_awaitables_are_refused_where_they_are_awaited(self):
        class Foreign:
            def __await__(self):
                yield 17

        async def awaits_foreign(policy, environment):
            await Foreign()
        self.failing(awaits_foreign, "TypeError", "a policy awaits what its platform gives", "found 17",
                     "await Foreign()")

        async def catches(policy, environment):
            try:
                await Foreign()
            except TypeError:
                await policy.platform.sleep(1)
            raise KeyError("went on")
        self.failing(catches, "went on")

    def test_wrong_arguments_are_errors_of_python(self):
        async def twice(policy, environment):
            call = policy.platform.sleep(1)
            await call
            await call
        self.failing(twice, "RuntimeError", "awaited before")

        async def no_such_task(policy, environment):
            await policy.platform.execute(environment.host, 3)
        self.failing(no_such_task, "IndexError", "no task 3")

        async def negative(policy, environment):
            await policy.platform.sleep(-1)
        self.failing(negative, "ValueError", "0 to 9e9 seconds")

    def test_a_time_limit_closes_the_handler(self):
        closed = []

        class Endless(Alone):
            async def handler(self, environment):
                try:
                    await self.platform.sleep(1e6)
                finally:
                    closed.append(self.platform.now)
        run = runs_of(Endless())[0]
        self.assertFalse(run["completed"])
        self.assertEqual(len(closed), 1)
        self.assertGreater(closed[0], 1)

    def test_the_run_ends_what_still_waits(self):
        closed = []

        class Deadlocked(Alone):
            async def run(self, platform):
                platform.spawn(self.waits(platform.channel()), "waits")
                await platform.channel().receive()

            async def waits(self, channel):
                try:
                    await channel.receive()
                finally:
                    closed.append(True)
        run = runs_of(Deadlocked())[0]
        self.assertIn("deadlock", run["failure"])
        self.assertEqual(closed, [True])

    def test_objects_of_a_run_are_dead_after_it(self):
        kept = {}

        class Keeps(Alone):
            async def handler(self, environment):
                await super().handler(environment)
                kept.update(platform=self.platform, function=self.function, environment=environment, host=environment.host,
                            store=self.platform.add_store("s3"), channel=self.platform.channel(),
                            call=self.platform.sleep(1), dag=self.platform.dag)

            async def run(self, platform):
                failure = await super().run(platform)
                with unittest.TestCase().assertRaisesRegex(RuntimeError, "handler has ended"):
                    platform.execute(kept["host"], 0)
                return failure
        self.assertTrue(runs_of(Keeps())[0]["completed"])
        gc.collect()
        for use in (lambda: kept["platform"].now, lambda: kept["store"].get(kept["host"], 0),
                    lambda: kept["channel"].send(1), lambda: kept["environment"].host):
            with self.assertRaises(RuntimeError):
                use()
        self.assertEqual(len(kept["dag"]), 3)
        kept.pop("environment")

        class Other(Alone):
            def setup(self, platform):
                super().setup(platform)
                for use in (lambda: kept["store"].get(self.client, 0), lambda: platform.execute(kept["host"], 0),
                            lambda: platform.invoke_sync(self.client, kept["function"], 1, self.handler)):
                    with unittest.TestCase().assertRaises(RuntimeError):
                        use()
        runs_of(Other())
        kept.clear()

    def test_functions_run_again_when_they_fail(self):
        class Retried(Alone):
            async def run(self, platform):
                self.tries, self.done = [], platform.channel()
                reply = await platform.invoke_async(self.client, self.function, 100, self.handler, "word")
                assert reply == "accepted"
                await self.done.receive()

            async def handler(self, environment, word):
                self.tries.append(word)
                if len(self.tries) < 3:
                    return environment.fail("not yet")
                for task in self.platform.dag.tasks:
                    await self.platform.execute(environment.host, task)
                self.done.send(self.tries)
        run = runs_of(Retried())[0]
        self.assertTrue(run["completed"], run.get("failure"))

    def test_counters_count(self):
        class Counts(Alone):
            async def run(self, platform):
                counters = platform.add_counters(self.client)
                values = [await counters.increment(self.client, counter) for counter in (0, 1, 0)]
                return f"{values}"
        self.assertIn("[1, 1, 2]", runs_of(Counts())[0]["failure"])


if __name__ == "__main__":
    warnings.simplefilter("error")
    unittest.main(argv=sys.argv[:1], verbosity=1)
