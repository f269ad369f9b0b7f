"""Finds figures in published reports that contradict each other, before print."""

__version__ = "0.1.0"
