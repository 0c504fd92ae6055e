"""Structures beside each other without a league table: who differs by more than chance, and what those alike do."""

from __future__ import annotations
