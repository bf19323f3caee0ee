"""wukong: schedulers of serverless DAGs, simulated.

Runs experiments and sweeps, builds DAGs, and runs policies that are written in Python. Units: times
are seconds of simulated time, sizes are bytes, money is US dollars; a key of a result document ends in
its unit. Errors: what is wrong with an experiment is an `ExperimentError` (a ValueError) whose text
names file, line and key, what was expected and what was found.
"""
from wukong._emulation import emulate
from wukong._experiments import events, run, sweep
from wukong._graphs import Graph
from wukong._policy import Policy
from wukong._results import frame, read_results
from wukong._wukong import Dag, ExperimentError, Operation, version

__all__ = ["Dag", "ExperimentError", "Graph", "Operation", "Policy", "emulate", "events", "frame", "read_results",
           "run", "sweep", "__version__"]
__version__ = version()


def _await(operation):
    return (yield operation)


# What a policy awaits gives itself to whoever drives the policy, and is sent its result.
Operation.__await__ = _await
