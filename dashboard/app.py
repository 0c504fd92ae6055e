"""The ASGI application: Streamlit behind the French document and the security headers."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

# Imported before the freeze below, so that the first view pays for no import.
from dashboard import navigation
from dashboard.cache import HOME_VARIABLE
from dashboard.components import notices
from dashboard.server import deposit, settings
from dashboard.server.document import FrenchDocument, french_document, script_hashes
from dashboard.server.headers import SecurityHeaders, content_security_policy
from dashboard.settling import settle, settle_now_and_then
from pipelines.lifeline import follow_parent

_log = logging.getLogger(__name__)
_ENTRY = Path(__file__).parent / "server" / "entry.py"


def create_app(home: Path | None = None) -> st.App:
    """The application of one installation; without `home`, the one that SPRO_HOME names."""
    if home is not None:
        os.environ[HOME_VARIABLE] = str(home)
    settings.apply()
    document = french_document()
    return st.App(
        _ENTRY,
        routes=[deposit.ROUTE],
        middleware=[
            Middleware(SecurityHeaders, policy=content_security_policy(script_hashes(document))),
            Middleware(FrenchDocument, document=document, paths=navigation.PATHS),
        ],
        lifespan=_started,
        on_script_error=_report,
    )


@asynccontextmanager
async def _started(_app: st.App) -> AsyncIterator[None]:
    """Started by `spro serve`, it leaves when `spro serve` does."""
    follow_parent()
    settle()
    settling = asyncio.create_task(settle_now_and_then())
    yield
    settling.cancel()
    gc.unfreeze()


def _report(error: Exception) -> bool:
    """Keep the traceback in the server's log and show a sentence in its place."""
    _log.error("A view failed", exc_info=error)
    notices.unexpected_error()
    return True
