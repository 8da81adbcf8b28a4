"""What the practice holds of an assistant: handed over (RGPD, article 20), or kept without the name."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.libelles import EMPLOYEURS, PROFILS, ROLES, VOIES
from assistmed_desktop.formats import etp, euros, heures, jour_court, jour_long, periode
from assistmed_desktop.services.retraits import identifiant
from assistmed_desktop.services.workspace import Operation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from assistmed_desktop.domain.assistant import Assistant

FORMAT: Final = "assistmed-donnees-personnelles"
NOM_ETAPE: Final = "Remplacer le nom d'un assistant"

_LIBRES: Final = {"note": 2000, "motif": 2000, "tache": 200, "reference": 200}
"""The keys of dossier-v1 whose text a person writes freely, and how long it may be."""
_MOT_MIN: Final = 3


def noms(dossier: Dossier, assistant: Assistant) -> tuple[str, ...]:
    """Give the words by which an assistant is named, the longest first; a word that also names another is left out."""
    medecins = [(m.nom, m.prenom) for m in dossier.medecins]
    collegues = [(a.nom, a.prenom) for a in dossier.assistants if a.id != assistant.id]
    autres = {mot.casefold() for personne in medecins + collegues for mot in personne}
    seuls = [mot for mot in (assistant.nom, assistant.prenom) if len(mot) >= _MOT_MIN and mot.casefold() not in autres]
    qui = assistant
    complets = [f"{qui.prenom} {qui.nom}", f"{qui.nom} {qui.prenom}"] if qui.prenom else []
    return tuple(sorted({*complets, *seuls}, key=lambda nom: (-len(nom), nom)))


def remplacer(texte: str, cherches: tuple[str, ...], par: str) -> str:
    """Put ``par`` in the place of names. A single word is a name only when it begins with a capital."""
    for nom in cherches:
        mots = r"\s+".join(re.escape(mot) for mot in nom.split())
        trouve = re.compile(rf"(?<!\w){mots}(?!\w)", re.IGNORECASE)
        texte = trouve.sub(lambda lu: par if lu[0][:1].isupper() else lu[0], texte)
    return texte


def pseudonyme(dossier: Dossier) -> str:
    """Give a name that says nothing, and that nobody else bears."""
    pris = {autre.nom for autre in dossier.assistants}
    return next(nom for rang in range(1, len(pris) + 2) if (nom := f"Assistant {rang}") not in pris)


def pseudonymiser(dossier: Dossier, ident: str) -> Operation:
    """Put a pseudonym in the place of an assistant's name, in the list and in every text written freely."""
    assistant = next(a for a in dossier.assistants if a.id == ident)
    cherches, par = noms(dossier, assistant), pseudonyme(dossier)
    dit = any(len(mot) >= _MOT_MIN and mot.casefold() in ident.casefold() for nom in cherches for mot in nom.split())
    nouveau = identifiant("a") if dit else ident

    def appliquer(avant: Dossier | None) -> Dossier | None:
        if avant is None:
            return None
        brut: dict[str, Any] = _renomme(avant.model_dump(mode="json"), cherches, par, ident, nouveau)
        for fiche in brut["assistants"]:
            if fiche["id"] == nouveau:
                fiche.update(nom=par, prenom="")
        return Dossier.model_validate_json(json.dumps(brut))

    return Operation(NOM_ETAPE, appliquer)


def mentions(dossier: Dossier, ident: str) -> tuple[str, ...]:
    """Give every text written freely that names an assistant."""
    assistant = next(a for a in dossier.assistants if a.id == ident)
    cherches = noms(dossier, assistant)
    return tuple(texte for texte in _libres(dossier.model_dump(mode="json")) if remplacer(texte, cherches, "") != texte)


def donnees(dossier: Dossier, ident: str, au: date) -> dict[str, Any]:
    """Give all that the practice holds of an assistant, in the words of dossier-v1."""
    brut = dossier.model_dump(mode="json")
    contrats = {c["id"]: {"id": c["id"], "texte": c["texte"], "debut_le": c["debut_le"]} for c in brut["contrats"]}
    fiche = next(a for a in brut["assistants"] if a["id"] == ident)
    siens = {
        cle: [fait for fait in brut.get(cle, []) if fait.get("assistant") == ident]
        for cle in ("missions", "observations", "echeances_faites")
    }
    servis = sorted({a["contrat"] for a in fiche["affectations"]} | {f["contrat"] for f in siens["echeances_faites"]})
    return {
        "format": FORMAT,
        "version": 1,
        "extrait_le": au.isoformat(),
        "responsable": {cle: brut["cabinet"][cle] for cle in ("nom", "adresse", "code_postal", "commune")},
        "assistant": fiche,
        **siens,
        "contrats": [contrats[c] for c in servis],
        "mentions": list(mentions(dossier, ident)),
    }


def en_texte(dossier: Dossier, ident: str, au: date) -> str:
    """Write the same for a person to read."""
    return "\n".join(_lignes(dossier, next(a for a in dossier.assistants if a.id == ident), au)) + "\n"


def _lignes(dossier: Dossier, a: Assistant, au: date) -> Iterator[str]:
    contrats = {c.id: f"contrat du {jour_court(c.debut_le)}" for c in dossier.contrats}
    yield f"Données personnelles de {a.nom_complet}"
    yield f"{dossier.cabinet.nom}, le {jour_long(au)}"
    yield f"\nProfil avant l'embauche : {PROFILS[a.profil]}"
    if a.formation is not None:
        f = a.formation
        jours = (("inscription", f.inscription_le), ("début", f.debut_le), ("qualification", f.obtention_le))
        dits = [f"{nom} le {jour_court(jour)}" for nom, jour in jours if jour is not None]
        yield f"Formation : {', '.join([VOIES[f.voie], *dits])}"
    parties = (
        ("Embauches", [
            f"{periode(e.du, e.au)} : {ROLES[e.role]}, {heures(e.heures_hebdo)} par semaine, {EMPLOYEURS[e.employeur]}"
            for e in a.embauches
        ]),
        ("Affectations", [f"{periode(p.du, p.au)} : {etp(p.etp)}, {contrats[p.contrat]}" for p in a.affectations]),
        ("Absences (sans motif)", [
            f"{periode(b.du, b.au)}{', congés payés' if b.conges else ''}{', remplacement' if b.remplacement else ''}"
            for b in a.absences
        ]),
        ("Coûts saisis par le cabinet", [
            f"{periode(c.du, c.au)} : {euros(c.brut_mensuel)} brut et {euros(c.charges_mensuelles)} de charges par mois"
            for c in a.couts
        ]),
        ("Tâches confiées", [
            f"{periode(m.du, m.au)} : {m.tache}, {m.minutes_semaine} min par semaine"
            for m in dossier.missions if m.assistant == a.id
        ]),
        ("Journées comptées", [
            f"{jour_court(o.date)} : {o.minutes_medecin_liberees} min de médecin libérées"
            for o in dossier.observations if o.assistant == a.id
        ]),
        ("Échéances tenues", [
            f"{jour_court(e.faite_le)} : {e.note or 'sans note'}"
            for e in dossier.echeances_faites if e.assistant == a.id
        ]),
        ("Textes du dossier qui nomment la personne", list(mentions(dossier, a.id))),
    )  # fmt: skip
    for titre, lignes in parties:
        if lignes:
            yield f"\n{titre}"
            yield from (f"- {ligne}" for ligne in lignes)


def _renomme(valeur: Any, cherches: tuple[str, ...], par: str, ident: str, nouveau: str) -> Any:  # noqa: ANN401 - JSON
    if isinstance(valeur, list):
        return [_renomme(enfant, cherches, par, ident, nouveau) for enfant in valeur]
    if not isinstance(valeur, dict):
        return valeur
    lu = {}
    for cle, enfant in valeur.items():
        if isinstance(enfant, str) and cle in _LIBRES:
            lu[cle] = remplacer(enfant, cherches, par)[: _LIBRES[cle]]
        elif cle in ("assistant", "id") and enfant == ident:
            lu[cle] = nouveau
        else:
            lu[cle] = _renomme(enfant, cherches, par, ident, nouveau)
    return lu


def _libres(valeur: object) -> Iterator[str]:
    if isinstance(valeur, list):
        for enfant in valeur:
            yield from _libres(enfant)
    elif isinstance(valeur, dict):
        for cle, enfant in valeur.items():
            if isinstance(enfant, str) and cle in _LIBRES:
                yield enfant
            else:
                yield from _libres(enfant)
