"""Run one verb: parse, open, answer, and turn known errors into one clear sentence and an exit code."""

from __future__ import annotations

import argparse
import os

from cs_workbench import i18n, settings
from cs_workbench.cli import output, parser, streams
from cs_workbench.errors import UserError


def run(arguments: list[str]) -> int:
    """Run the command line on *arguments*; returns 0 done, 1 a known error, 2 wrong usage."""
    os.umask(0o077)
    streams.prepare()
    _speak(arguments)
    words = parser.build().parse_args(arguments)
    try:
        code = _answered(words)
        streams.finish()
    except BrokenPipeError:  # the reader of the pipe has gone
        streams.silence()
        return 1
    except streams.Unwritten as problem:
        streams.silence()
        output.failure(problem, as_json=False)
        return 1
    return code


def _answered(words: argparse.Namespace) -> int:
    """The verb's exit code; known errors, an interruption and faults of the program are told."""
    as_json = getattr(words, "json", False)
    try:
        code: int = words.run(words)
    except (BrokenPipeError, streams.Unwritten):
        raise
    except UserError as problem:
        output.failure(problem, as_json=as_json)
        return 1
    except KeyboardInterrupt:
        output.say(i18n._("Stopped. Nothing half-done was kept."))
        return 1
    except Exception as fault:
        output.bug(fault, as_json=as_json)
        return 1
    return code


def _speak(arguments: list[str]) -> None:
    """Choose the language of messages: --ui-lang, the person's settings, the environment, English."""
    for position, word in enumerate(arguments):
        if word == "--ui-lang" and position + 1 < len(arguments):
            wanted = arguments[position + 1]
            break
        if word.startswith("--ui-lang="):
            wanted = word.partition("=")[2]
            break
    else:
        wanted = _usual_language()
    if wanted in i18n.LANGUAGES:
        i18n.set_language(wanted)


def _usual_language() -> str:
    try:
        kept = settings.load().get("language")
    except UserError:  # said by the verbs that need the settings; a broken file must not silence --help
        kept = None
    if isinstance(kept, str):
        return kept
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return value[:2].lower()
    return "en"
