"""French typography for the sentences that other rooms write."""

import re

from assistmed_desktop.formats import INSECABLE


def soigner(texte: str) -> str:
    """Dress a sentence as French print does: curly apostrophes, no break before ``: ; ? ! »`` nor after ``«``."""
    texte = texte.replace("'", "’")
    texte = re.sub(r" ([:;?!»%€])", rf"{INSECABLE}\1", texte)
    return texte.replace("« ", f"«{INSECABLE}")
