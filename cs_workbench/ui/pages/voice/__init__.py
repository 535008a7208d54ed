"""The Voice page: surveys, the closed loop, product feedback by theme."""

from cs_workbench.ui.pages.voice.page import VoicePage

__all__ = ["VoicePage"]
