"""French typography for the sentences that other rooms write."""

import re

from assistmed_desktop.formats import INSECABLE


def soigner(texte: str) -> str:
    """Dress a sentence as French print does: curly apostrophes, no break before ``: ; ? ! »`` nor after ``«``.

    A date stays with its article: « le 31/10/2026 ».
    """
    texte = texte.replace("'", "’")
    texte = re.sub(r" ([:;?!»%€])", rf"{INSECABLE}\1", texte)
    texte = re.sub(r"\b(le|du|au) (?=\d)", rf"\1{INSECABLE}", texte)
    return texte.replace("« ", f"«{INSECABLE}")
