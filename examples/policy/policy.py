"""The example policy in Python: a function for each task, invoked when its last predecessor has ended."""
import wukong


class EachTask(wukong.Policy):
    name = "each-task"

    def setup(self, platform):
        self.platform = platform
        self.dag = platform.dag
        self.client = platform.rent("c5.4xlarge")
        self.store = platform.add_store("redis-1")
        self.function = platform.add_function()
        self.ended = platform.channel()
        self.store.preload_inputs()

    async def run(self, platform):
        missing = [len(self.dag.predecessors(task)) for task in self.dag.tasks]
        for task in self.dag.leaves:
            platform.spawn(self.invoke(task), "invocation")
        for _ in self.dag.tasks:
            task = await self.ended.receive()
            if task is None:
                return "a function did not finish"
            for following in self.dag.successors(task):
                missing[following] -= 1
                if missing[following] == 0:
                    platform.spawn(self.invoke(following), "invocation")

    async def invoke(self, task):
        reply = await self.platform.invoke_sync(self.client, self.function, 1000, self.execute, task)
        self.ended.send(task if reply == "accepted" else None)

    async def execute(self, environment, task):  # in the function
        host = environment.host
        for item in self.dag.inputs(task):
            if not self.dag.absent(item) and await self.store.get(host, item) != "ok":
                return False
        if not await self.platform.execute(host, task):
            return False
        for item in self.dag.outputs(task):
            if await self.store.put(host, item) != "ok":
                return False
        return True


def hashes():
    """Of twenty random DAGs: those that examples/policy/main.cpp prints of the two other forms."""
    for number in range(1, 21):
        layered = {"depth": 4, "width": 3, "seed": number, "width_distribution": "uniform",
                   "task_distribution": "exponential"}
        result = wukong.run({"platform": "aws-2020", "workload": {"layered": layered},
                             "systems": [EachTask()], "check": True})
        yield number, result["runs"][0]["trace_hash"]


if __name__ == "__main__":
    for number, trace_hash in hashes():
        print(number, trace_hash)
