"""What the fuzzers hand to the program, and what must be true of it whatever they hand."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from assistmed_desktop import formats
from assistmed_desktop.domain.dossier import ecrire_dossier, lire_dossier
from assistmed_desktop.domain.fautes import DossierInvalide
from assistmed_desktop.resources import chemin
from assistmed_desktop.services.confidentialite import nir_du_dossier, prudence_nir
from assistmed_desktop.services.phrase import force
from assistmed_desktop.storage.depot import DepotSqlite
from assistmed_desktop.storage.erreurs import ErreurBase
from assistmed_desktop.storage.restauration import examiner
from assistmed_desktop.ui.fiches import genres
from tests.services.outils import EXEMPLE, HorlogeReglee, exemple
from tests.storage.outils import base_de

BASES: Final = Path(__file__).parent.parent / "storage" / "bases"
PAGE: Final = 4096
MOTS: Final = (b"CREATE TABLE", b"CHECK", b"TEXT", b"INTEGER", b"NOT NULL", b"STRICT", b"PRIMARY KEY", b"table")
HOSTILES: Final = (
    b"CREATE VIEW v AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM n) SELECT * FROM n",
    b"CHECK (length(hex(zeroblob(400000000))) > 0)",
    b"TEXT AS (hex(zeroblob(400000000)))",
    b"DEFAULT (randomblob(400000000))",
    b"CREATE TRIGGER t AFTER INSERT ON releve BEGIN DELETE FROM versement; END",
    b"trigger",
    b"view",
    b"index",
    b"\x00",
    b"(((((((((((((((((((((((((((((((((",
)
"""What overwrites a word of the schema, cut or not."""


@cache
def bases() -> tuple[bytes, ...]:
    """Give the bases that are mutated: one of this program, and one of each former schema."""
    with TemporaryDirectory() as nom:
        neuve = base_de(exemple(), Path(nom) / "cabinet.assistmed").read_bytes()
    return (neuve, *(base.read_bytes() for base in sorted(BASES.glob("*.assistmed"))))


def abimer(octets: bytes) -> bytes:
    """Make a damaged base: the bytes say which one, then what is done to it."""
    suite = _Suite(octets)
    base = bytearray(bases()[suite.entier(1) % len(bases())])
    while suite.reste and base:
        _GESTES[suite.entier(1) % len(_GESTES)](base, suite)
    return bytes(base)


class _Suite:
    """Bytes, taken one after the other; 0 once there are none."""

    def __init__(self, octets: bytes) -> None:
        self.reste = octets

    def prendre(self, combien: int) -> bytes:
        pris, self.reste = self.reste[:combien], self.reste[combien:]
        return pris

    def entier(self, combien: int) -> int:
        return int.from_bytes(self.prendre(combien))


def _page(base: bytearray, suite: _Suite) -> int:
    return PAGE * (suite.entier(1) % max(1, len(base) // PAGE))


def _ecrire(base: bytearray, suite: _Suite) -> None:
    place = suite.entier(3) % len(base)
    autres = suite.prendre(1 + suite.entier(1) % 16)
    base[place : place + len(autres)] = autres


def _retourner(base: bytearray, suite: _Suite) -> None:
    base[suite.entier(3) % len(base)] ^= 1 << suite.entier(1) % 8


def _couper(base: bytearray, suite: _Suite) -> None:
    del base[suite.entier(3) % len(base) :]


def _echanger(base: bytearray, suite: _Suite) -> None:
    une, autre = _page(base, suite), _page(base, suite)
    base[une : une + PAGE], base[autre : autre + PAGE] = base[autre : autre + PAGE], base[une : une + PAGE]


def _vider(base: bytearray, suite: _Suite) -> None:
    place = _page(base, suite)
    base[place : place + PAGE] = bytes([suite.entier(1)]) * len(base[place : place + PAGE])


def _changer_l_entete(base: bytearray, suite: _Suite) -> None:
    place = suite.entier(1) % 100
    base[place : place + 4] = suite.prendre(4)


def _changer_une_page(base: bytearray, suite: _Suite) -> None:
    """Change the head of a page: its kind, its cells, its right child."""
    place = _page(base, suite) + suite.entier(1) % 24
    base[place : place + 2] = suite.prendre(2)


def _changer_le_schema(base: bytearray, suite: _Suite) -> None:
    mot, mal = MOTS[suite.entier(1) % len(MOTS)], HOSTILES[suite.entier(1) % len(HOSTILES)]
    if places := list(_places(bytes(base), mot)):
        place, fin = places[suite.entier(1) % len(places)], len(base)
        base[place : place + len(mal)] = mal
        del base[fin:]


def _allonger(base: bytearray, suite: _Suite) -> None:
    base += suite.prendre(1 + suite.entier(1)) * PAGE


_GESTES: Final = (
    _ecrire,
    _retourner,
    _couper,
    _echanger,
    _vider,
    _changer_l_entete,
    _changer_une_page,
    _changer_le_schema,
    _allonger,
)


def _places(octets: bytes, mot: bytes) -> Iterator[int]:
    place = octets.find(mot)
    while place >= 0:
        yield place
        place = octets.find(mot, place + 1)


def fichier(octets: bytes, dossier: Path) -> None:
    """Open a file as a base: it is read, or refused in a sentence and left as it was."""
    with TemporaryDirectory(dir=dossier) as nom:
        base = Path(nom) / "cabinet.assistmed"
        base.write_bytes(octets)
        for ouvrir in (_ouvrir, _examiner):
            refus = _refus(ouvrir, base)
            assert not refus or refus.endswith((".", ")")) or "\n" in refus, refus
            copies = base.with_name("cabinet-sauvegardes")
            # An older one is copied as it was and brought up to date before its facts are read.
            assert not refus or base.read_bytes() == octets or any(copies.iterdir()), "what is refused stays as it was"
            restes = {autre.name for autre in base.parent.iterdir()} - {base.name, copies.name}
            assert not restes, f"nothing is put beside it: {restes}"


def _refus(ouvrir: Callable[[Path], None], base: Path) -> str:
    try:
        ouvrir(base)
    except ErreurBase as refus:
        return str(refus)
    return ""


def _ouvrir(base: Path) -> None:
    with DepotSqlite.ouvrir(base, HorlogeReglee(), creer=False, phrase="une phrase") as depot:
        depot.charger()
        depot.rapports.emis()
        depot.journal.entrees()


def _examiner(base: Path) -> None:
    examiner(base, HorlogeReglee(), "une phrase")


def base(octets: bytes, dossier: Path) -> None:
    """Damage a base as the bytes say, and open it."""
    fichier(abimer(octets), dossier)


def dossier(octets: bytes, _dossier: Path) -> None:
    """Read a dossier: it is refused with its faults, or written again the same."""
    try:
        lu = lire_dossier(octets)
    except DossierInvalide:
        return
    assert lire_dossier(ecrire_dossier(lu)) == lu
    nir_du_dossier(lu)


LECTURES: Final[dict[str, tuple[Callable[[str], object], Callable[..., str]]]] = {
    "entier": (formats.lire_entier, formats.nombre),
    "jour": (formats.lire_jour, formats.jour_court),
    "euros": (formats.lire_euros, formats.euros),
}
"""What is typed, and how what was read of it is written."""
CHAMPS: Final[tuple[genres.Genre, ...]] = (
    genres.Jour(),
    genres.Mois(),
    genres.Entier(),
    genres.Euros(),
    genres.Etp(),
    genres.Heures(),
    genres.Ligne(200),
    genres.Note(2000),
)


def textes(octets: bytes, _dossier: Path) -> None:
    """Type a text into every field: it is refused in a sentence, or what was read of it is written the same twice."""
    texte = octets.decode("utf-8", errors="surrogateescape" if octets[:1] == b"\xff" else "replace")
    for lire, ecrire in LECTURES.values():
        valeur = lire(texte)
        assert valeur is None or lire(ecrire(valeur)) == valeur, (texte, valeur)
    formats.lire_decimal(texte)
    formats.lire_etp(texte)
    formats.lire_heures(texte)
    for complete in (True, False):
        formats.lire_mois(texte, annee_entiere=complete)
    for genre in CHAMPS:
        lu = genre.lire(texte)
        ecrit = "" if lu.faute else genre.ecrire(lu.valeur)
        assert lu.faute or genre.ecrire(genre.lire(ecrit).valeur) == ecrit, (genre, texte, lu)
    prudence_nir("Note", texte)
    force(texte)
    assert Path(formats.nom_de_fichier(texte)).name == formats.nom_de_fichier(texte)


CIBLES: Final[dict[str, Callable[[bytes, Path], None]]] = {
    "dossier": dossier,
    "base": base,
    "fichier": fichier,
    "textes": textes,
}


def graines(cible: str) -> Iterator[bytes]:
    """Give what a fuzzer begins with."""
    match cible:
        case "dossier":
            yield EXEMPLE.read_bytes()
            yield chemin("demo", "dossier.json").read_bytes()
        case "fichier":
            yield from bases()
        case "base":
            yield from (bytes([rang]) for rang in range(len(bases())))
            yield from (bytes([0, operation, 1, 2, 3, 4, 5, 6, 7, 8]) for operation in range(9))
        case "textes":
            for texte in ("12/03/2026", "1 234,56 €", "1/2", "35 h 30", "2 85 05 78 006 084 91", "mars 2026", "12,5 %"):
                yield texte.encode()
