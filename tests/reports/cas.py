"""Every kind of report on practices short, empty and long, each made once; and the two papers of the RGPD."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Final, get_args

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.reports.rgpd import notice, registre
from assistmed_desktop.services.rapports import CleGenre
from tests.dix_medecins import AU as AU_DIX
from tests.dix_medecins import dix_medecins
from tests.reports.outils import AU, MOT_SANS_FIN, NOM_TRES_LONG, Brut, beaucoup_de_releves, dossier, groupe, imprimer

LETTRES: Final = "Łukasz Đặng Thị œuvre ﬁn 1\u202f000 👩\u200d⚕️ 漢"
GENRES: Final[tuple[CleGenre, ...]] = get_args(CleGenre)


def _vide(brut: Brut) -> None:
    for liste in ("assistants", "missions", "releves", "mouvements", "activite", "versements"):
        brut[liste] = []
    brut["contrats"][0] |= {"avenants": [], "objectif": None}


def _longs(brut: Brut) -> None:
    brut["cabinet"] |= {"nom": NOM_TRES_LONG[:200], "commune": MOT_SANS_FIN, "cpam": MOT_SANS_FIN}
    brut["missions"][0]["tache"] = MOT_SANS_FIN
    brut["versements"][0]["reference"] = MOT_SANS_FIN


def _lettres(brut: Brut) -> None:
    """More letters than a subset of a font holds, and some that it has not."""
    brut["cabinet"]["commune"] = "".join(map(chr, range(0x100, 0x180)))
    brut["assistants"][0]["prenom"] = "".join(map(chr, (*range(0x391, 0x3CA), *range(0x410, 0x450))))
    brut["medecins"][0]["nom"] = LETTRES
    brut["cabinet"] |= {"nom": LETTRES, "cpam": LETTRES}
    brut["assistants"][0]["nom"] = LETTRES
    brut["missions"][0]["tache"] = LETTRES
    brut["versements"][0]["reference"] = LETTRES


PRATIQUES: Final[dict[str, tuple[Callable[[], Dossier], date]]] = {
    "court": (dossier, AU),
    "vide": (lambda: dossier(_vide), AU),
    "300 relevés": (lambda: dossier(beaucoup_de_releves(300)), AU),
    "10 médecins, 20 ans": (dix_medecins, AU_DIX),
    "groupe de 10": (lambda: dossier(groupe(10), beaucoup_de_releves(120, 10)), AU),
    "noms très longs": (lambda: dossier(groupe(10, NOM_TRES_LONG[:190]), _longs), AU),
    "lettres": (lambda: dossier(_lettres), AU),
}
RAPPORTS: Final = [(genre, cas) for genre in GENRES for cas in PRATIQUES]
PAPIERS: Final[dict[str, Callable[[Dossier, date, int | None], bytes]]] = {"registre": registre, "notice": notice}
DOCUMENTS: Final = [*RAPPORTS, *((papier, cas) for papier in PAPIERS for cas in ("court", "vide", "lettres"))]


@cache
def document(quoi: str, cas: str) -> bytes:
    """Give a report or a paper on a practice, made once."""
    faire, au = PRATIQUES[cas]
    if quoi in PAPIERS:
        return PAPIERS[quoi](faire(), au, 36)
    (genre,) = (genre for genre in GENRES if genre == quoi)
    return imprimer(faire(), au, genre)
