"""Streamlit's settings, made in code so that nothing depends on the folder from which the server is started."""

from __future__ import annotations

from streamlit import config

from dashboard.theme import BLUE, GROUND, INK, RULE, SIDEBAR, SYSTEM_FONT

OPTIONS: dict[str, object] = {
    "browser.gatherUsageStats": False,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.disableDataExport": True,
    "global.developmentMode": False,
    "server.headless": True,
    "server.showEmailPrompt": False,
    "server.fileWatcherType": "none",
    "server.runOnSave": False,
    "server.allowedHosts": ["127.0.0.1", "localhost"],
    "server.enableAgentApi": False,
    "theme.base": "light",
    "theme.font": SYSTEM_FONT,
    "theme.headingFont": SYSTEM_FONT,
    "theme.codeFont": "ui-monospace, 'DejaVu Sans Mono', monospace",
    "theme.primaryColor": BLUE,
    "theme.backgroundColor": GROUND,
    "theme.secondaryBackgroundColor": SIDEBAR,
    "theme.textColor": INK,
    "theme.linkColor": BLUE,
    "theme.borderColor": RULE,
    "theme.baseRadius": "4px",
    "theme.showSidebarBorder": True,
    "theme.sidebar.backgroundColor": SIDEBAR,
}


def apply() -> None:
    """Set every option for this process."""
    for name, value in OPTIONS.items():
        config.set_option(name, value)
