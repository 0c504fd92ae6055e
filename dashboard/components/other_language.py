"""What stays French on a page in another language, said so (WCAG 3.1.2): a voice that reads aloud changes its accent.

Words are marked as they pass the door, where nobody knows yet whether they will stand in an element or in an attribute;
the marks become `lang="fr"` once the fragment is whole. They are two characters that no text of ours holds.
"""

from __future__ import annotations

import re

_BEGIN, _END = "\ue000", "\ue001"
_TAG = re.compile(r"<[^>]*>")
_WHOLE_ELEMENT = re.compile(rf"<([a-z][a-z0-9]*)((?:(?! lang=)[^<>])*)>{_BEGIN}([^<{_END}]*){_END}(?=</\1>)")


def french(escaped: str) -> str:
    """Escaped French words, marked."""
    return f"{_BEGIN}{escaped}{_END}"


def said_so(fragment: str) -> str:
    """HTML whose marks have become `lang="fr"`: on the element that holds nothing else, or on a span of its own."""
    fragment = _TAG.sub(lambda found: _unmarked(found.group()), fragment)
    fragment = _WHOLE_ELEMENT.sub(r'<\1\2 lang="fr">\3', fragment)
    return fragment.replace(_BEGIN, '<span lang="fr">').replace(_END, "</span>")


def _unmarked(text: str) -> str:
    return text.replace(_BEGIN, "").replace(_END, "")
