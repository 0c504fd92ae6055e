"""Questions asked once for each partner network: in a mapping, « P21@cio » is P21 asked about the network cio."""

from __future__ import annotations

ABOUT = "@"
"""What stands between a question and the partner network it is asked about."""


def question_and_partner(key: str) -> tuple[str, str]:
    """The question that a key of a mapping's `questions` names, and its partner network, "" where it has none."""
    question, _, partner = key.partition(ABOUT)
    return question, partner


def partner_code(network: str) -> str:
    """The short code of a network in a survey tool: its first five letters, or the initials of its words (FT, ML, APEC)."""
    words = network.split("-")
    return ("".join(word[0] for word in words) if len(words) > 1 else network[:5]).upper()
