"""Cloud Run's API as far as the DAG uses it, over gRPC: an execution runs a program of this machine to its end."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Sequence
from concurrent import futures
from dataclasses import dataclass, field
from typing import Any

import grpc
from google.cloud.run_v2 import CancelExecutionRequest, Execution, RunJobRequest
from google.longrunning.operations_pb2 import GetOperationRequest, Operation
from google.protobuf.any_pb2 import Any as Packed
from google.rpc.status_pb2 import Status

LOCATION = "projects/acme-prod/locations/europe-west1"


@dataclass
class CloudRunServer:
    """`commands` holds the command of each job, to which an execution's arguments are added."""

    commands: dict[str, Sequence[str]]
    requests: list[RunJobRequest] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    refusal: tuple[grpc.StatusCode, str] | None = None
    """What starting a job is answered with, in place of an execution."""

    _operations: dict[str, Operation] = field(default_factory=dict)

    def start(self) -> str:
        """The address."""
        self._server = grpc.server(futures.ThreadPoolExecutor(4))
        serve = self._serve
        serve("google.cloud.run.v2.Jobs", "RunJob", self._run_job, RunJobRequest.deserialize)
        serve("google.cloud.run.v2.Executions", "CancelExecution", self._cancel, CancelExecutionRequest.deserialize)
        serve("google.longrunning.Operations", "GetOperation", self._operation, GetOperationRequest.FromString)
        port = self._server.add_insecure_port("127.0.0.1:0")
        self._server.start()
        return f"127.0.0.1:{port}"

    def stop(self) -> None:
        self._server.stop(None).wait()

    def _serve(self, service: str, method: str, answer: Callable[..., Operation], read: Callable[[bytes], Any]) -> None:
        handler = grpc.unary_unary_rpc_method_handler(answer, read, Operation.SerializeToString)
        self._server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(service, {method: handler}),))

    def _run_job(self, request: RunJobRequest, context: grpc.ServicerContext) -> Operation:
        self.requests.append(request)
        if self.refusal:
            context.abort(*self.refusal)
        job = request.name.rpartition("/")[2]
        execution = f"{job}-{len(self.requests):05d}"
        [container] = request.overrides.container_overrides
        environment = {
            **{name: value for name, value in os.environ.items() if name.startswith(("PATH", "STAND_IN"))},
            **{one.name: one.value for one in container.env},
            "CLOUD_RUN_EXECUTION": execution,
        }
        done = subprocess.run([*self.commands[job], *container.args], env=environment, capture_output=True, check=False)
        name = f"{LOCATION}/operations/{execution}"
        self._operations[name] = _ended(name, job, execution, done.returncode)
        begun = Execution(name=f"{LOCATION}/jobs/{job}/executions/{execution}", log_uri=f"https://console/{execution}")
        return Operation(name=name, metadata=_packed(begun))

    def _operation(self, request: GetOperationRequest, _: grpc.ServicerContext) -> Operation:
        return self._operations[request.name]

    def _cancel(self, request: CancelExecutionRequest, _: grpc.ServicerContext) -> Operation:
        self.cancelled.append(request.name)
        return Operation(name=f"{LOCATION}/operations/cancel")


def _ended(operation: str, job: str, execution: str, code: int) -> Operation:
    """An exit code isn't handed back."""
    name = f"{LOCATION}/jobs/{job}/executions/{execution}"
    counts = {"succeeded_count": 1} if code == 0 else {"failed_count": 1}
    ended = _packed(Execution(name=name, job=job, task_count=1, **counts))
    if code == 0:
        return Operation(name=operation, done=True, metadata=ended, response=ended)
    message = f"Task {execution}-task0 failed with message: The container exited with an error."
    return Operation(name=operation, done=True, metadata=ended, error=Status(code=2, message=message))


def _packed(execution: Execution) -> Packed:
    packed = Packed()
    packed.Pack(Execution.pb(execution))
    return packed
