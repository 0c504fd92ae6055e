"""What a really started server answers."""

from __future__ import annotations

import json
import re
import time
import urllib.request
from email.message import Message
from pathlib import Path

import pytest
from starlette.requests import Request
from streamlit import config

from dashboard.app import create_app
from dashboard.navigation import PATHS
from dashboard.server import settings, tickets
from dashboard.server.deposit import deposit
from dashboard.server.document import SCRIPTS, french_document, script_hashes
from dashboard.server.headers import content_security_policy
from tests.apart import run_apart


def get(address: str) -> tuple[str, Message, str]:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.url, answer.headers, answer.read().decode("utf-8")


@pytest.mark.parametrize("path", PATHS)
def test_each_page_is_a_french_document(server: str, path: str) -> None:
    _, _, body = get(f"{server}/{path}")
    assert '<html lang="fr">' in body
    assert "<title>Qualité de l'accueil – SPRO Bretagne</title>" in body
    assert "JavaScript" in body
    assert "You need to enable" not in body


@pytest.mark.parametrize("path", ["/", "/synthese", "/frequentation", "/_stcore/health", *SCRIPTS, "/favicon.png"])
def test_every_answer_carries_the_headers(server: str, path: str) -> None:
    with urllib.request.urlopen(server + path, timeout=10) as answer:
        headers = answer.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Content-Security-Policy"].startswith("default-src 'self'; script-src 'self' 'sha256-")


def test_the_policy_lets_nothing_in_from_outside() -> None:
    policy = content_security_policy(script_hashes(french_document()))
    assert "http:" not in policy
    assert "https:" not in policy
    assert "*" not in policy
    assert "'unsafe-eval'" not in policy
    assert "'unsafe-inline'" not in policy.split("style-src")[0]
    assert "frame-ancestors 'none'" in policy


def test_the_root_and_unknown_pages_lead_to_the_first_one(server: str) -> None:
    assert get(f"{server}/")[0] == f"{server}/synthese"
    assert get(f"{server}/rien?territoire=cio")[0] == f"{server}/synthese?territoire=cio&introuvable=oui"


def test_streamlit_looks_for_its_routes_in_the_right_place(server: str) -> None:
    with pytest.raises(urllib.request.HTTPError) as refused:
        get(f"{server}/synthese/_stcore/health")
    assert refused.value.code == 404
    refused.value.close()


def test_nothing_is_told_to_anybody() -> None:
    assert settings.OPTIONS["browser.gatherUsageStats"] is False
    assert settings.OPTIONS["client.toolbarMode"] == "minimal"
    assert settings.OPTIONS["client.showErrorDetails"] == "none"


def test_the_document_is_the_only_thing_that_names_an_address() -> None:
    assert "http://" not in french_document()
    assert "https://" not in french_document()


def test_the_settings_do_not_depend_on_the_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    monkeypatch.setenv("SPRO_HOME", "")
    create_app(home)
    for name, value in settings.OPTIONS.items():
        assert config.get_option(name) == value


def test_our_scripts_are_files_of_their_own() -> None:
    document = french_document()
    assert all(f'<script src="{path}"></script>' in document for path in SCRIPTS)
    assert "innerHTML" not in "".join(path.read_text(encoding="utf-8") for path in SCRIPTS.values())


HOME_PAGE = {"host": "127.0.0.1:8501", "origin": "http://127.0.0.1:8501", "sec-fetch-site": "same-origin"}
FOREIGN = {
    "no ticket": {"x-spro-ticket": ""},
    "a ticket of nobody": {"x-spro-ticket": "cibc.9999999999.ab.cd"},
    "another site": {"origin": "http://exemple.invalid"},
    "another port": {"origin": "http://127.0.0.1:9999"},
    "no origin": {"origin": ""},
    "a hidden frame": {"origin": "null"},
    "a link from elsewhere": {"sec-fetch-site": "cross-site"},
    "the same site, not the same origin": {"sec-fetch-site": "same-site"},
}


def answered(**changed: str) -> tuple[int, str]:
    """What the route of deposits answers to a page of ours, some headers changed."""
    headers = {**HOME_PAGE, "x-spro-ticket": tickets.issue("cibc"), "content-length": "1", **changed}
    scope = {
        "type": "http", "method": "POST", "path": "/depot", "query_string": b"fichier=a.csv",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items() if value],
    }  # fmt: skip

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"x", "more_body": False}

    answer = run_apart(deposit(Request(scope, receive)))
    return answer.status_code, json.loads(bytes(answer.body))["phrase"]


@pytest.mark.parametrize("changed", FOREIGN.values(), ids=FOREIGN)
def test_only_a_page_of_ours_deposits(changed: dict[str, str]) -> None:
    assert answered(**{name.replace("_", "-"): value for name, value in changed.items()})[0] == 403


@pytest.mark.parametrize("address", ["", "http://127.0.0.1:9"])
def test_a_closed_door_is_said(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("SPRO_DOOR_URL", address)
    status, sentence = answered()
    assert status == 503
    assert "n'est pas ouverte" in sentence


def test_a_deposit_says_its_size() -> None:
    assert answered(**{"content-length": ""})[0] == 411


def test_the_deposit_of_a_started_server_wants_a_ticket(server: str) -> None:
    request = urllib.request.Request(f"{server}/depot?fichier=a.csv", b"x", {"Origin": server})
    with pytest.raises(urllib.request.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    assert refused.value.code == 403
    refused.value.close()


def test_a_ticket_is_for_one_network_and_some_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = tickets.issue("cibc")
    assert tickets.network_of(ticket) == "cibc"
    assert ticket != tickets.issue("cibc")
    assert tickets.network_of(ticket.replace("cibc", "cidff")) is None
    assert tickets.network_of(re.sub(r"\.\d+\.", ".9999999999.", ticket)) is None
    ended = time.time() + tickets.LIFE_SECONDS + 1
    monkeypatch.setattr(tickets.time, "time", lambda: ended)
    assert tickets.network_of(ticket) is None


@pytest.mark.parametrize("ticket", ["", ".", "...", "cibc", "é", "cibc.1.2.3"])
def test_a_ticket_that_makes_no_sense_opens_nothing(ticket: str) -> None:
    assert tickets.network_of(ticket) is None
