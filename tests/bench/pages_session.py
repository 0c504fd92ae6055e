"""A session as a browser holds one: the same messages over the same websocket, but nothing is drawn."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

_STREAM = "/_stcore/stream"
_PATIENCE_SECONDS = 60
_LARGEST_MESSAGE_BYTES = 64 * 1024 * 1024
_CHART, _EXCEPTION, _HTML = "plotly_chart", "exception", "html"
_APOLOGY = 'role="alert"'


@dataclass(frozen=True)
class View:
    """What one run of a page sent: how long it took, how many bytes, how many charts, and whether it went wrong."""

    seconds: float
    bytes: int
    charts: int
    failed: bool


@dataclass
class Session:
    """An open session on the server at `address` (« 127.0.0.1:8501 »): pages are asked for one after the other.

    `client`: the address of this machine from which it comes, where a proxy tells clients apart.
    """

    address: str
    client: str = "127.0.0.1"
    _stream: ClientConnection | None = None
    _kept: dict[str, int] = field(default_factory=dict)

    async def __aenter__(self) -> Self:
        self._stream = await connect(
            f"ws://{self.address}{_STREAM}",
            subprotocols=[Subprotocol("streamlit")],
            max_size=_LARGEST_MESSAGE_BYTES,
            open_timeout=_PATIENCE_SECONDS,
            local_addr=(self.client, 0),
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream is not None:
            await self._stream.close()

    async def view(self, page: str, query: str) -> View:
        """Ask for a page and wait until its script has finished."""
        assert self._stream is not None
        started, size, charts, failed = time.perf_counter(), 0, 0, False
        await self._stream.send(self._asked(page, query))
        async for received in self._stream:
            size += len(received)
            message = ForwardMsg.FromString(received if isinstance(received, bytes) else received.encode())
            charts += self._charts(message)
            failed |= _is_failure(message)
            if message.WhichOneof("type") == "script_finished":
                failed |= message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY
                return View(time.perf_counter() - started, size, charts, failed)
        raise ConnectionError(f"The session was closed while {page} was drawn")

    def _asked(self, page: str, query: str) -> bytes:
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_name = page
        asked.rerun_script.cached_message_hashes.extend(self._kept)
        return asked.SerializeToString()

    def _charts(self, message: ForwardMsg) -> int:
        """How many charts a message shows; large ones come once, and are named afterwards."""
        if message.WhichOneof("type") == "ref_hash":
            return self._kept.get(message.ref_hash, 0)
        charts = int(_shows(message) == _CHART)
        if message.metadata.cacheable:
            self._kept[message.hash] = charts
        return charts


def _is_failure(message: ForwardMsg) -> bool:
    """Whether a message shows an exception, or the sentence that stands for one."""
    shown = _shows(message)
    return shown == _EXCEPTION or (shown == _HTML and _APOLOGY in message.delta.new_element.html.body)


def _shows(message: ForwardMsg) -> str:
    if message.WhichOneof("type") != "delta" or message.delta.WhichOneof("type") != "new_element":
        return ""
    return message.delta.new_element.WhichOneof("type") or ""
