"""Prepare the program on this computer and start it: `python3 packaging/bootstrap.py demo | run | test`.

Standard library alone. This file keeps to what Python 3.5 reads, to say plainly when Python is too old.
"""

import sys
import unicodedata

OLDEST = (3, 11)


def refusal(major: int, minor: int) -> str:
    """Say which Python is needed and which one this is."""
    return (
        "AssistMed demande Python {}.{} ou plus récent\u00a0; celui-ci est Python {}.{}. "
        "Installez une version récente de Python, puis relancez la même commande avec elle.\n"
    ).format(OLDEST[0], OLDEST[1], major, minor)


def main() -> int:
    """Refuse an old Python, or hand over to the real work."""
    if sys.version_info[:2] < OLDEST:
        sentence = refusal(sys.version_info[0], sys.version_info[1])
        try:
            sentence.encode(sys.stderr.encoding or "ascii")
        except UnicodeError:
            sentence = unicodedata.normalize("NFKD", sentence).encode("ascii", "ignore").decode("ascii")
        sys.stderr.write(sentence)
        return 1
    from preparation import verbs

    return verbs.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
