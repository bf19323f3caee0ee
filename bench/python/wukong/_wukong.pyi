"""The compiled part. Times are seconds of simulated time, sizes are bytes."""
from typing import Any, Awaitable, Callable, Coroutine, Generator, Generic, Mapping, Optional, Sequence, TypeVar

T = TypeVar("T")

class ExperimentError(ValueError):
    """What is wrong in an experiment, a sweep or a file: place, what was expected, what was found."""

class Operation(Generic[T]):
    """A call of a service, which begins when it is awaited. It is awaited once."""
    def __await__(self) -> Generator[Any, Any, T]: ...

class Host:
    """A place where code runs and memory holds objects. One of a function is there until its handler
    ends; a RuntimeError says so after that."""
    @property
    def id(self) -> int: ...
    @property
    def vcpus(self) -> float: ...
    @property
    def memory_bytes(self) -> int: ...

class Function:
    """A function of the service, with the memory and the time limit of `platform.functions`."""

class Environment:
    """Where a handler runs."""
    @property
    def host(self) -> Host: ...
    def fail(self, reason: str) -> bool:
        """Why the handler gives up; returns False, which it then returns."""

class Store:
    """An object store: Redis or S3. A status is "ok", "missing", "unavailable" (try again) or "full"."""
    def preload_inputs(self) -> None:
        """Puts the DAG's initial objects there before the run. Raises ExperimentError if they are too
        large."""
    def get(self, to: Host, object: int) -> Operation[str]:
        """The host receives the object into its memory."""
    def put(self, sender: Host, object: int) -> Operation[str]:
        """The host sends the object, which its memory holds; its size is the DAG's."""
    def exists(self, sender: Host, object: int) -> Operation[str]:
        """Whether the object is there."""

class Counters:
    """Atomic counters in the Redis of a machine."""
    def increment(self, sender: Host, counter: int) -> Operation[Optional[int]]:
        """The counter's new value; None: the request has failed, with effect or without."""

class Channel(Generic[T]):
    """An unbounded queue of messages within the policy; sending takes no time."""
    def send(self, message: T) -> None:
        """Adds a message."""
    def receive(self) -> Operation[T]:
        """Waits for the next message."""
    def __len__(self) -> int: ...

class Platform:
    """A cloud as one run sees it. After the run, each use is a RuntimeError."""
    @property
    def dag(self) -> Dag: ...
    @property
    def now(self) -> float:
        """Seconds since the run began."""
    def sleep(self, seconds: float) -> Operation[None]:
        """Waits in simulated time."""
    def rent(self, type: str) -> Host:
        """A machine until the end of the run, which pays for it. Raises ExperimentError for a type that
        the platform does not have."""
    def name_host(self, host: Host, name: str) -> None:
        """What traces call a machine."""
    def add_store(self, store: str) -> Store:
        """A preset (`redis-1`, `redis-75`, `s3`), or a map as an experiment has it. Raises
        ExperimentError."""
    def add_counters(self, server: Host) -> Counters:
        """Counters in a Redis on this machine."""
    def add_function(self) -> Function:
        """The function that runs tasks."""
    def invoke_sync(self, caller: Host, function: Function, payload_bytes: int,
                    handler: Callable[..., Coroutine[Any, Any, Optional[bool]]], *arguments: Any) -> Operation[str]:
        """Waits for the end of `handler(environment, *arguments)` in the function: "accepted", "failed",
        "throttled" or "payload_too_large". A handler that returns False has failed."""
    def invoke_async(self, caller: Host, function: Function, payload_bytes: int,
                     handler: Callable[..., Coroutine[Any, Any, Optional[bool]]], *arguments: Any) -> Operation[str]:
        """Waits until the call is accepted. A handler that fails is called again, twice at most."""
    def execute(self, host: Host, task: int) -> Operation[bool]:
        """Runs the task there, with the inputs that the host's memory holds; False: it has failed."""
    def drop(self, host: Host, object: int) -> None:
        """The host's memory need not hold the object any more."""
    def channel(self) -> Channel[Any]:
        """A new channel."""
    def spawn(self, coroutine: Coroutine[Any, Any, Any], name: str = "process") -> None:
        """A process that runs beside this one; `name` is for reports of deadlocks."""

class Dag:
    """A DAG: tasks and objects are numbers from 0; a task comes after its predecessors. Unknown numbers
    are an IndexError."""
    def __len__(self) -> int: ...
    @property
    def task_count(self) -> int: ...
    @property
    def object_count(self) -> int: ...
    @property
    def edge_count(self) -> int: ...
    @property
    def tasks(self) -> list[int]: ...
    @property
    def leaves(self) -> list[int]:
        """Tasks without predecessors."""
    @property
    def sinks(self) -> list[int]:
        """Tasks without successors: their objects are the results."""
    def predecessors(self, task: int) -> list[int]: ...
    def successors(self, task: int) -> list[int]: ...
    def inputs(self, task: int) -> list[int]:
        """The objects that it reads, each once."""
    def outputs(self, task: int) -> list[int]: ...
    def task_name(self, task: int) -> str: ...
    def task_kind(self, task: int) -> str: ...
    def object_name(self, object: int) -> str: ...
    def size_bytes(self, object: int) -> int: ...
    def producer(self, object: int) -> Optional[int]:
        """None: it is there before the run."""
    def consumers(self, object: int) -> list[int]: ...
    def absent(self, object: int) -> bool:
        """It is read as zeros: there is nothing to get."""

class TaskLine:
    def __init__(self, name: str, kind: str, seconds: float, threads: int, memory_bytes: int, input_bytes: int,
                 output_bytes: int, after: Sequence[int]) -> None: ...

class ExperimentInput:
    def __init__(self, text: str, file: str, settings: Sequence[str], policies: Mapping[str, Any],
                 dag: Optional[Dag]) -> None: ...

def make_dag(lines: Sequence[TaskLine]) -> Dag: ...
def run_experiment(input: ExperimentInput, threads: int, list_events: bool) -> tuple[str, list[tuple]]: ...
def run_sweep(input: ExperimentInput, results: str, threads: int, progress: bool) -> dict: ...
def emulate(input: ExperimentInput, call: Callable[[int, list[bytes]], bytes]) -> tuple[str, dict[int, bytes], Optional[int]]: ...
def version() -> str: ...
