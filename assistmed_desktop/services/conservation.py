"""What of a practice need no longer be kept: since when, why and by which text; and the change that lets go of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from assistmed_desktop.domain.calendrier import UN_JOUR, ajouter_mois
from assistmed_desktop.domain.libelles import LISTES
from assistmed_desktop.formats import compte, enumeration, jour_court
from assistmed_desktop.services.effacement import NOM_ETAPE, Effacement
from assistmed_desktop.services.retraits import emportes, retirer
from assistmed_desktop.services.workspace import Operation

if TYPE_CHECKING:
    from assistmed_desktop.domain.assistant import Assistant
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.rules.bareme import Baremes
    from assistmed_desktop.rules.resultats import Evaluation, EvaluationContrat
    from assistmed_desktop.services.rapports import RapportEmis

Genre = Literal["contrat", "suivi", "assistant", "rapport", "retires"]

RGPD: Final = "RGPD, article 5, 1, e : pas plus longtemps que nécessaire"
_COMPARES: Final = 12
"""The months before a contract that what follows is compared to."""


@dataclass(frozen=True, slots=True)
class Element:
    """Something that is kept, then may be erased from ``le`` on (None: nobody can say yet)."""

    genre: Genre
    cle: str
    libelle: str
    emporte: tuple[str, ...]
    raison: str
    source: str
    le: date | None
    avant: date | None = None
    """Of ``suivi`` and ``retires``: what is before this day."""

    def effacable(self, au: date) -> bool:
        """Say whether it may be erased on a day."""
        return self.le is not None and self.le <= au


@dataclass(frozen=True, slots=True)
class _Garde:
    """Until when a contract is kept: the first day that it is not, its delay in months, the text."""

    le: date | None
    mois: int | None
    source: str


def elements(
    dossier: Dossier,
    evaluation: Evaluation,
    baremes: Baremes,
    rapports: Sequence[RapportEmis] = (),
) -> tuple[Element, ...]:
    """List what is kept, with the day from which each may be erased."""
    gardes = {contrat.id: _garde(dossier, contrat, baremes) for contrat in evaluation.contrats}
    liste = [_du_contrat(dossier, contrat, gardes[contrat.id], rapports) for contrat in evaluation.contrats]
    for medecin in dossier.medecins:
        liste += _du_suivi(dossier, medecin.id, evaluation.au, gardes)
    liste += [_de_l_assistant(dossier, assistant, gardes) for assistant in dossier.assistants]
    mois = delai(evaluation, baremes)
    connus = {contrat.id for contrat in dossier.contrats}
    liste += [_du_rapport(rapport, mois) for rapport in rapports if rapport.contrat not in connus]
    return tuple(liste)


def delai(evaluation: Evaluation, baremes: Baremes) -> int | None:
    """Give the longest time to keep, in months, of the contracts of a practice; None when none says."""
    return max((regle[0] for c in evaluation.contrats if (regle := _regle(c, baremes)) is not None), default=None)


def element_des_retires(nombre: int, au: date, mois: int | None) -> Element | None:
    """Give what was corrected or withdrawn so long ago that its trace need not be kept; None when there is none."""
    if not nombre or mois is None:
        return None
    avant = ajouter_mois(au, -mois)
    return Element(
        "retires", "", "Anciennes saisies, corrigées ou supprimées",
        (compte(nombre, "saisie remplacée ou supprimée", "saisies remplacées ou supprimées"),),
        f"remplacées ou supprimées avant le {jour_court(avant)}", RGPD, au, avant,
    )  # fmt: skip


def pertes_en_tout(dossier: Dossier, choisis: Sequence[Element], rapports: Sequence[RapportEmis]) -> tuple[str, ...]:
    """Count all that the elements chosen would take along, in words."""
    operation, effacement = purger(choisis, rapports)
    apres = operation.appliquer(dossier)
    moins = {cle: len(getattr(dossier, cle)) - len(getattr(apres, cle)) for cle in LISTES}
    emis = compte(len(effacement.rapports), "rapport émis", "rapports émis")
    return (
        *(compte(nombre, *LISTES[cle]) for cle, nombre in moins.items() if nombre),
        *([emis] if effacement.rapports else []),
        *(partie for element in choisis if element.genre == "retires" for partie in element.emporte),
    )


def purger(choisis: Sequence[Element], rapports: Sequence[RapportEmis] = ()) -> tuple[Operation, Effacement]:
    """Give the change that lets go of the elements chosen, and what the store is then to erase."""
    contrats = tuple(e.cle for e in choisis if e.genre == "contrat")
    assistants = tuple(e.cle for e in choisis if e.genre == "assistant")
    suivi = tuple((e.cle, e.avant) for e in choisis if e.genre == "suivi" and e.avant is not None)
    des_contrats = tuple(rapport.cle for rapport in rapports if rapport.contrat in contrats)
    effacement = Effacement(
        contrats,
        assistants,
        suivi,
        des_contrats + tuple(int(e.cle) for e in choisis if e.genre == "rapport"),
        next((e.avant for e in choisis if e.genre == "retires"), None),
    )

    def appliquer(avant: Dossier | None) -> Dossier | None:
        reste = avant
        for medecin, limite in suivi:
            reste = None if reste is None else _sans_suivi(reste, medecin, limite)
        for ident in contrats:
            reste = retirer("contrats", ident, "").appliquer(reste)
        for ident in assistants:
            reste = retirer("assistants", ident, "").appliquer(reste)
        return reste

    return Operation(NOM_ETAPE, appliquer), effacement


def _regle(contrat: EvaluationContrat, baremes: Baremes) -> tuple[int, str] | None:
    """Give how many months the records of a contract are kept after its last payment, and the text that says so."""
    signe = contrat.contrat
    version = baremes.echeances.version_ou_rien(signe, max(signe.signe_le, signe.debut_le))
    regle = None if version is None else next((d for d in version.delais if d.code == "conservation"), None)
    if version is None or regle is None:
        return None
    texte = version.source(regle.grade)
    return regle.mois, f"{texte.texte}, {texte.article} (grade {texte.grade})"


def _garde(dossier: Dossier, contrat: EvaluationContrat, baremes: Baremes) -> _Garde:
    """Count from the last payment received, and from the end when it is later: a balance may still come."""
    regle = _regle(contrat, baremes)
    if regle is None:
        return _Garde(None, None, "aucun barème ne dit combien de temps garder ses pièces")
    mois, source = regle
    recus = [v.recu_le for v in dossier.versements if v.contrat == contrat.id and v.recu_le is not None]
    return _Garde(ajouter_mois(max([*recus, contrat.fin_le]), mois) + UN_JOUR, mois, source)


def _du_contrat(
    dossier: Dossier, contrat: EvaluationContrat, garde: _Garde, rapports: Sequence[RapportEmis]
) -> Element:
    noms = [medecin.nom_complet for medecin in dossier.medecins if medecin.id in contrat.medecins]
    siens = sum(rapport.contrat == contrat.id for rapport in rapports)
    perdus = emportes(dossier, "contrats", contrat.id)
    pieces = "ses pièces se gardent après le dernier versement reçu, et au moins après sa fin"
    fini = contrat.au > contrat.fin_le
    fin = f"{'a fini le' if fini else 'court jusqu’au'} {jour_court(contrat.fin_le)}"
    return Element(
        "contrat",
        contrat.id,
        f"Contrat de {enumeration(noms)} du {jour_court(contrat.contrat.debut_le)}",
        (*perdus, *((compte(siens, "rapport émis", "rapports émis"),) if siens else ())),
        f"il {fin} ; {pieces}",
        garde.source,
        garde.le,
    )


def _du_suivi(dossier: Dossier, medecin: str, au: date, gardes: dict[str, _Garde]) -> Iterator[Element]:
    """Part what was counted of a doctor: what no contract kept rests on any more, and the rest."""
    siens = [contrat for contrat in dossier.contrats if medecin in contrat.medecins]
    mois = max((m for c in siens if (m := gardes[c.id].mois) is not None), default=None)
    if mois is None:
        return
    courants = [c for c in siens if (le := gardes[c.id].le) is None or le > au]
    debuts = [ajouter_mois(min(c.reference.date, c.signe_le, c.debut_le), -_COMPARES) for c in courants]
    limite = min([*debuts, ajouter_mois(au, -mois)])
    qui = next(m.nom_complet for m in dossier.medecins if m.id == medecin)
    vieux = _comptes(dossier, medecin, limite)
    if vieux:
        yield Element(
            "suivi", medecin, f"Chiffres de {qui} avant le {jour_court(limite)}", vieux,
            "aucun contrat gardé ne s'appuie plus sur eux", RGPD, au, limite,
        )  # fmt: skip
    if _comptes(dossier, medecin, date.max) != vieux:
        jours = [le for c in courants if (le := gardes[c.id].le) is not None]
        depuis = f" depuis le {jour_court(limite)}" if vieux else ""
        yield Element(
            "suivi", medecin, f"Chiffres de {qui}{depuis}", _comptes(dossier, medecin, date.max, limite),
            "ils prouvent les objectifs d'un contrat gardé, ou sont récents", RGPD,
            max(jours) if jours and len(jours) == len(courants) else None,
        )  # fmt: skip


def _de_l_assistant(dossier: Dossier, assistant: Assistant, gardes: dict[str, _Garde]) -> Element:
    servis = {affectation.contrat for affectation in assistant.affectations}
    fins = [embauche.au for embauche in assistant.embauches]
    raison = "a quitté le cabinet ; se garde autant que les contrats servis, dont il prouve l'emploi"
    le: date | None = None
    if not fins or None in fins:
        jamais = "aucune embauche n'est saisie : supprimez-le s'il n'est pas venu"
        raison = "est au cabinet" if fins else jamais
    else:
        jours = [max(fin for fin in fins if fin is not None) + UN_JOUR, *(gardes[ident].le for ident in servis)]
        le = None if None in jours else max(jour for jour in jours if jour is not None)
    perdus = [
        compte(nombre, mot)
        for mot, nombre in (
            ("embauche", len(assistant.embauches)),
            ("absence", len(assistant.absences)),
            ("coût", len(assistant.couts)),
        )
        if nombre
    ]
    return Element(
        "assistant", assistant.id, f"Dossier de {assistant.nom_complet}",
        (*perdus, *emportes(dossier, "assistants", assistant.id)), raison, RGPD, le,
    )  # fmt: skip


def _du_rapport(rapport: RapportEmis, mois: int | None) -> Element:
    emis = rapport.emis_le.date()
    return Element(
        "rapport", str(rapport.cle), f"Rapport émis le {jour_court(emis)} : {rapport.sujet}", ("1 rapport émis",),
        "son contrat n'est plus dans le dossier", RGPD, None if mois is None else ajouter_mois(emis, mois) + UN_JOUR,
    )  # fmt: skip


def _comptes(dossier: Dossier, medecin: str, avant: date, depuis: date = date.min) -> tuple[str, ...]:
    listes = (
        ([r.date for r in dossier.releves if r.medecin == medecin], "relevé", "relevés"),
        ([m.au for m in dossier.mouvements if m.medecin == medecin], "période de mouvements", "périodes de mouvements"),
        ([_mois(a.mois) for a in dossier.activite if a.medecin == medecin], "mois d'activité", "mois d'activité"),
        (
            [c.releve_le for c in dossier.corrections if c.medecin == medecin],
            "correction demandée",
            "corrections demandées",
        ),
    )
    nombres = ((sum(depuis <= jour < avant for jour in jours), un, plusieurs) for jours, un, plusieurs in listes)
    return tuple(compte(nombre, un, plusieurs) for nombre, un, plusieurs in nombres if nombre)


def _mois(mois: str) -> date:
    """Give the last day of a month."""
    return ajouter_mois(date.fromisoformat(f"{mois}-01"), 1) - UN_JOUR


def _sans_suivi(dossier: Dossier, medecin: str, limite: date) -> Dossier:
    return dossier.model_copy(
        update={
            "releves": tuple(r for r in dossier.releves if r.medecin != medecin or r.date >= limite),
            "mouvements": tuple(m for m in dossier.mouvements if m.medecin != medecin or m.au >= limite),
            "activite": tuple(a for a in dossier.activite if a.medecin != medecin or _mois(a.mois) >= limite),
            "corrections": tuple(c for c in dossier.corrections if c.medecin != medecin or c.releve_le >= limite),
        }
    )
