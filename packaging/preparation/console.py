"""French sentences to a terminal that may not know French letters."""

import codecs
import io
import re
import sys
import unicodedata

_NO_BREAK = "\u00a0"
# What unicodedata cannot take apart.
_PLAIN = {"’": "'", "‘": "'", "«": '"', "»": '"', "–": "-", "—": "-", "œ": "oe", "Œ": "OE", "✓": "+", "✕": "x"}


class Stop(Exception):  # noqa: N818 (it is no error of the program's)
    """The work cannot go on; the message is the sentence that the user reads."""


def plain(text: str) -> str:
    """Write `text` with ASCII letters alone."""
    tight = text.replace("«" + _NO_BREAK, "«").replace(_NO_BREAK + "»", "»")
    simple = "".join(_PLAIN.get(letter, letter) for letter in tight)
    return unicodedata.normalize("NFKD", simple).encode("ascii", "ignore").decode("ascii")


def typography(text: str) -> str:
    """Put the no-break spaces where French wants them."""
    return re.sub(r"(?<=«) | (?=[:;?!»])", _NO_BREAK, text)


def _replace_letters(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return plain(error.object[error.start : error.end]), error.end


def prepare_streams() -> None:
    """Let both streams take any text, whatever their encoding."""
    codecs.register_error("plain-letters", _replace_letters)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="plain-letters")


def say(text: str) -> None:
    """Tell the user, on standard error: standard output belongs to the program that is started."""
    print(typography(text), file=sys.stderr, flush=True)


def show(text: str) -> None:
    """Show what another program said, as it said it."""
    print(text.rstrip(), flush=True)
