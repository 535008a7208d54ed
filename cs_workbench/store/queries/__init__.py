"""Reads: SQL text on reader connections into frozen dataclasses shaped for one screen or report."""
