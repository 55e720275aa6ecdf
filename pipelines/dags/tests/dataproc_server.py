"""Dataproc's API as far as the DAG uses it, over gRPC: a batch ends at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent import futures
from dataclasses import dataclass, field
from typing import Any

import grpc
from google.cloud.dataproc_v1 import Batch, BatchOperationMetadata, CreateBatchRequest, GetBatchRequest
from google.longrunning.operations_pb2 import Operation
from google.protobuf.any_pb2 import Any as Packed


@dataclass
class DataprocServer:
    requests: list[CreateBatchRequest] = field(default_factory=list)
    failure: str | None = None
    """What batches fail of."""

    refusal: tuple[grpc.StatusCode, str] | None = None
    """What submitting is answered with, in place of a batch."""

    _server: grpc.Server | None = None

    def start(self) -> str:
        """The address."""
        self._server = grpc.server(futures.ThreadPoolExecutor(4))
        self._serve("CreateBatch", self._create, CreateBatchRequest.deserialize, Operation.SerializeToString)
        self._serve("GetBatch", self._get, GetBatchRequest.deserialize, Batch.serialize)
        port = self._server.add_insecure_port("127.0.0.1:0")
        self._server.start()
        return f"127.0.0.1:{port}"

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop(None).wait()

    def _serve(self, method: str, answer: Callable[..., Any], read: Callable[[bytes], Any], write: Any) -> None:
        assert self._server is not None
        handler = grpc.unary_unary_rpc_method_handler(answer, read, write)
        service = "google.cloud.dataproc.v1.BatchController"
        self._server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(service, {method: handler}),))

    def _create(self, request: CreateBatchRequest, context: grpc.ServicerContext) -> Operation:
        self.requests.append(request)
        if self.refusal:
            context.abort(*self.refusal)
        metadata = Packed()
        metadata.Pack(BatchOperationMetadata.pb(BatchOperationMetadata(batch=_name(request))))
        return Operation(name=f"{request.parent}/operations/{request.batch_id}", metadata=metadata)

    def _get(self, request: GetBatchRequest, context: grpc.ServicerContext) -> Batch:
        # The hook says `regions` where it makes a batch, and `locations` where it looks for it; Dataproc takes both.
        if request.name.rpartition("/")[2] not in [made.batch_id for made in self.requests]:
            context.abort(grpc.StatusCode.NOT_FOUND, request.name)
        state = Batch.State.FAILED if self.failure else Batch.State.SUCCEEDED
        return Batch(name=request.name, state=state, state_message=self.failure or "")


def _name(request: CreateBatchRequest) -> str:
    return f"{request.parent}/batches/{request.batch_id}"
