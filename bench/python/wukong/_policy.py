"""The base class of policies that are written in Python."""
from __future__ import annotations

from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from wukong._wukong import Platform


class Policy:
    """A scheduler as coroutines that use the platform's services. Subclass it, and give an object to
    `wukong.run(..., systems=[MyPolicy()])`.

    Each run has a shallow copy of the object (`copy.copy`), so what `setup` and `run` keep in `self`
    belongs to that run. A policy awaits what the platform gives (`await store.get(host, object)`) and
    its own coroutines; anything else, such as `asyncio.sleep`, is a TypeError at that place. What it
    raises ends the run and is raised by `wukong.run` with its traceback.
    """

    name: Optional[str] = None  # as results call it; None: the name of the class

    def setup(self, platform: Platform) -> None:
        """Before the run, at time 0: rents machines, adds stores and functions. Nothing can be
        awaited here."""

    async def run(self, platform: Platform) -> Optional[str]:
        """The client: returns when it has the results. That instant is the makespan. A text that it
        returns says why the run has failed."""
        raise NotImplementedError("a policy has `async def run(self, platform)`")
