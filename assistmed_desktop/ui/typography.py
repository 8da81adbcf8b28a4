"""French typography for the sentences that other rooms write, and texts stripped of it to be searched."""

import re
import unicodedata

from assistmed_desktop.formats import INSECABLE


def soigner(texte: str) -> str:
    """Dress a sentence as French print does: curly apostrophes, no break before ``: ; ? ! »`` nor after ``«``.

    A date stays with its article: « le 31/10/2026 ».
    """
    texte = texte.replace("'", "’")
    texte = re.sub(r" ([:;?!»%€])", rf"{INSECABLE}\1", texte)
    texte = re.sub(r"\b(le|du|au) (?=\d)", rf"\1{INSECABLE}", texte)
    return texte.replace("« ", f"«{INSECABLE}")


def sans_accents(texte: str) -> str:
    """Strip a text of what one does not type to find it: accents, capitals, no-break spaces."""
    decompose = unicodedata.normalize("NFKD", texte.replace(INSECABLE, " ")).casefold()
    return "".join(lettre for lettre in decompose if not unicodedata.combining(lettre)).replace("’", "'")
