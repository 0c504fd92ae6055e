"""What a really started server answers."""

from __future__ import annotations

import urllib.request
from email.message import Message
from pathlib import Path

import pytest
from streamlit import config

from dashboard.app import create_app
from dashboard.navigation import PATHS
from dashboard.server import settings
from dashboard.server.document import french_document, script_hashes
from dashboard.server.headers import content_security_policy


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


@pytest.mark.parametrize("path", ["/", "/synthese", "/frequentation", "/_stcore/health", "/mots.js", "/favicon.png"])
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
