"""Write the golden texts anew, or print all that the rules say of one case.

python -m tests.rules.instantanes
python -m tests.rules.instantanes "titre d'un cas"
"""

import sys

from tests.rules.instantanes import REPERTOIRE, cas, en_entier, instantane


def main(titres: list[str]) -> None:
    """Print the cases of these titles; without any, write every file anew and leave no other."""
    for titre in titres:
        sys.stdout.write(en_entier(titre) + "\n")
    if titres:
        return
    for ancien in REPERTOIRE.glob("*.txt"):
        if ancien.stem not in cas():
            ancien.unlink()
    for fichier in cas():
        (REPERTOIRE / f"{fichier}.txt").write_text(instantane(fichier) + "\n", encoding="utf-8", newline="\n")


main(sys.argv[1:])
