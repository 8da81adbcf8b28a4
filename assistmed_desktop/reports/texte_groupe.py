"""The group of a collective contract in sentences for a terminal: who belongs to it, what it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistmed_desktop.domain.libelles import INDICATEURS, SOURCES, STRUCTURES
from assistmed_desktop.formats import compte, de, enumeration, etp, jour_court, nombre
from assistmed_desktop.rules.groupe import A_CONVENIR, LIBELLES_INSTALLATION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistmed_desktop.rules.groupe import (
        Adherent,
        ContratAnterieur,
        EtpDuGroupe,
        Groupe,
        Moyenne,
        NouvelAdherent,
    )
    from assistmed_desktop.rules.resultats import Grade, Point

Dite = tuple[str, "Grade | None"]
"""A sentence, and the grade of the rule it rests on, if it rests on one."""
CODES_DU_GROUPE = frozenset(
    {
        "contrat_individuel_a_clore",
        "etp_au_dessus_du_plafond",
        "moyenne_insuffisante_jour",
        "moyenne_insuffisante_signature",
        "nouvel_installe_en_retard",
        "structure_exclue",
        "structure_inconnue",
    }
)
"""The warnings whose fact these sentences tell."""


def phrases_du_groupe(groupe: Groupe) -> Iterator[Dite]:
    """Tell of the group on the day, in the order in which it is looked at."""
    grades = {chemin: source.grade for chemin, e in groupe.explications for source in e.sources}
    yield _structure(groupe), None if groupe.structure is None else grades["structure"]
    yield from ((_adherent(adherent), None) for adherent in groupe.adherents)
    for moyenne in groupe.moyennes:
        yield _moyenne(moyenne), None if moyenne.valeur is None else grades[f"moyennes.{moyenne.quand}"]
    yield _etp(groupe.etp), grades["etp"]
    yield from ((_nouveau(n), grades[f"nouveaux_installes.{n.medecin}"]) for n in groupe.nouveaux)
    yield from ((_anterieur(a), grades[f"contrats_anterieurs.{a.contrat}"]) for a in groupe.anterieurs)


def _structure(groupe: Groupe) -> str:
    if groupe.structure is None:
        return "Structure du groupe : à renseigner sur la fiche du contrat."
    nom = STRUCTURES[groupe.structure]
    if groupe.structure_autorisee is None:
        return f"Structure du groupe : {nom}."
    admise = "admise" if groupe.structure_autorisee else "qui ne peut pas porter un contrat collectif"
    return f"Structure du groupe : {nom}, {admise}."


def _adherent(adherent: Adherent) -> str:
    jusqu_au = "" if adherent.au is None else f" jusqu'au {jour_court(adherent.au)}"
    comptes = enumeration([_compte(INDICATEURS[cle].lower(), getattr(adherent, cle)) for cle in INDICATEURS])
    if adherent.patientele_mt is None and adherent.file_active is None:
        comptes = "aucun relevé depuis le début du contrat"
    junior = " Accueille un docteur junior." if adherent.docteur_junior else ""
    return f"Dr {adherent.nom}, depuis le {jour_court(adherent.du)}{jusqu_au} : {comptes}.{junior}"


def _compte(nom: str, point: Point | None) -> str:
    if point is None:
        return f"{nom} inconnue, faute de relevé"
    return f"{nom} {nombre(point.valeur)} ({SOURCES[point.source]}, {jour_court(point.date)})"


def _moyenne(moyenne: Moyenne) -> str:
    quand = "À la signature" if moyenne.quand == "signature" else "Ce jour"
    if moyenne.valeur is None:
        return f"{quand}, la patientèle moyenne par adhérent est inconnue : il manque un relevé."
    minimum = ", minimum non publié"
    if moyenne.minimum is not None:
        minimum = f", {'pour un' if moyenne.respectee else 'sous le'} minimum de {nombre(moyenne.minimum)}"
    decimales = 0 if moyenne.valeur.denominator == 1 else 1
    return (
        f"{quand}, la patientèle médecin traitant est en moyenne de {nombre(moyenne.valeur, decimales)} patients par "
        f"adhérent (au {jour_court(moyenne.le)}){minimum}."
    )


def _etp(financement: EtpDuGroupe) -> str:
    finance = (
        f"{etp(financement.finance)} financés" if financement.finance > 1 else f"{etp(financement.finance)} financé"
    )
    if financement.plafond is None:
        return f"{finance}, plafond non publié."
    juniors = len(financement.juniors)
    accueils = f" et {compte(juniors, 'accueil')} de docteur junior" if juniors else ""
    plafond = etp(financement.plafond) if financement.plafond else "0 ETP"
    place = "dans" if financement.respecte else "au-dessus de"
    return f"{finance}, {place} la limite de {plafond} pour {compte(financement.adherents, 'adhérent')}{accueils}."


def _nouveau(nouveau: NouvelAdherent) -> str:
    attendus = [
        f"{INDICATEURS[du.indicateur].lower()} {nombre(du.a_atteindre)}"
        + (" (inconnue)" if du.valeur is None else f" ({nombre(du.valeur)} à ce jour)")
        for du in nouveau.comptes
    ]
    quoi = enumeration(attendus) if attendus else "non publié"
    return (
        f"Dr {nouveau.nom}, installé le {jour_court(nouveau.installe_le)}, compte comme nouvel installé ; niveau "
        f"demandé pour le {jour_court(nouveau.echeance_le)} : {quoi}, {LIBELLES_INSTALLATION[nouveau.etat]}."
    )


def _anterieur(anterieur: ContratAnterieur) -> str:
    qui = (
        f"Contrat individuel {de(anterieur.nom)}, du {jour_court(anterieur.debut_le)} au {jour_court(anterieur.fin_le)}"
    )
    prorata = f" ; hors anniversaire, {A_CONVENIR}" if anterieur.prorata else ""
    if anterieur.clos:
        return f"{qui} : clos{prorata}."
    return f"{qui} : à clore avant le {jour_court(anterieur.a_clore_le)}, entrée dans le groupe{prorata}."
