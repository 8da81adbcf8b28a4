"""The file active explained: a window of twelve months that slides, which months leave it, and with what activity.

The file active is the number of different patients seen over the last twelve months (reglementation, "Words"). A
dossier holds no patient: what is known of a month is its acts and its days worked, and nothing else is said of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import UN_JOUR, ajouter_mois
from assistmed_desktop.domain.libelles import SOURCES
from assistmed_desktop.domain.suivi import SourceReleve
from assistmed_desktop.formats import compte, de, enumeration, jour_court, mois_long, nombre, periode
from assistmed_desktop.rules.designation import de_la_source, prefixes
from assistmed_desktop.rules.releves import AUTHENTIFIEES, points, retenu
from assistmed_desktop.rules.resultats import Avertissement, Etape, Explication, Point, SourceLegale

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.domain.suivi import Releve
    from assistmed_desktop.rules.bareme import Baremes
    from assistmed_desktop.rules.resultats import EvaluationContrat, PeriodeSuspendue

Jour = date
MOIS_DE_LA_FENETRE = 12  # the definition of the indicator itself


@dataclass(frozen=True, slots=True)
class Fenetre:
    """The twelve months whose patients a file active counts, both days included."""

    du: Jour
    au: Jour

    @property
    def jours(self) -> int:
        """Its days."""
        return (self.au - self.du).days + 1


@dataclass(frozen=True, slots=True)
class Comparaison:
    """A month beside the same one a year apart, over the ``medecins`` doctors who entered both.

    ``actes`` and ``jours_travailles`` are those of the other month, the gaps are later month less earlier one.
    """

    mois: str
    medecins: int
    actes: int
    jours_travailles: int
    ecart_actes: int
    ecart_jours: int


@dataclass(frozen=True, slots=True)
class MoisActif:
    """A month that the window holds: its activity, when it leaves, what it replaced and what replaces it.

    ``entier``: the window holds all of it. ``saisis`` of the ``medecins`` entered it. ``sorti``: on the day, no file
    active holds it any more. ``faible``: fewer acts than half the median month of the window.
    """

    mois: str
    entier: bool
    medecins: int
    saisis: int
    actes: int | None
    jours_travailles: int | None
    jours_suspendus: int
    faible: bool
    sort_le: Jour
    sorti: bool
    remplace: Comparaison | None
    remplacant: Comparaison | None

    @property
    def phrase(self) -> str:
        """The month in a sentence."""
        precisions = [_activite_en_mots(self.actes, self.jours_travailles)]
        if self.saisis not in (0, self.medecins):
            precisions.append(f"{compte(self.saisis, 'médecin')} sur {nombre(self.medecins)}")
        if self.jours_suspendus:
            precisions.append(compte(self.jours_suspendus, "jour suspendu", "jours suspendus"))
        if self.faible:
            precisions.append("mois peu actif")
        verbe = "est sorti" if self.sorti else "sort"
        return (
            f"Le mois {de(_mois_en_mots(self.mois))} ({', '.join(precisions)}) {verbe} de la file active fin "
            f"{_mois_en_mots(_decaler(self.mois, MOIS_DE_LA_FENETRE))}{_suite(self.remplacant)}."
        )


@dataclass(frozen=True, slots=True)
class FenetresCommunes:
    """What the windows of two readings share: ``jours`` days, and what each holds that the other does not."""

    avant: Point
    apres: Point
    jours: int
    sortis: Fenetre
    entres: Fenetre

    @property
    def phrase(self) -> str:
        """What the gap between the two readings can come from."""
        deux = f"Les files actives du {jour_court(self.avant.date)} et du {jour_court(self.apres.date)}"
        total = nombre(_fenetre(self.apres.date).jours)
        if not self.jours:
            return f"{deux} n'ont aucun jour en commun : elles comptent des patients vus à des dates différentes."
        ecart = nombre(self.apres.valeur - self.avant.valeur, signe=True)
        return (
            f"{deux} ont {compte(self.jours, 'jour')} en commun sur {total}. Leur écart ({ecart}) oppose les patients "
            f"vus {periode(self.entres.du, self.entres.au)} sans l'avoir été dans les douze mois d'avant, et ceux vus "
            f"{periode(self.sortis.du, self.sortis.au)} qui ne l'ont plus été ensuite."
        )


@dataclass(frozen=True, slots=True)
class FileActiveMedecin:
    """The window of one doctor: that of the reading that counts, failing one that of the day."""

    medecin: str
    qui: str
    valeur: int | None
    date: Jour | None
    source: SourceReleve | None
    fenetre: Fenetre
    mois: tuple[MoisActif, ...]
    mediane_actes: Fraction | None
    communes: FenetresCommunes | None

    @property
    def phrases(self) -> tuple[str, ...]:
        """The window in words."""
        if self.date is None:
            dite = f"Une file active au {jour_court(self.fenetre.au)} compterait"
        else:
            dite = f"La file active du {jour_court(self.date)} compte"
        premier = self.mois[0].mois
        fin = _mois_en_mots(_decaler(premier, MOIS_DE_LA_FENETRE))
        fenetre = periode(self.fenetre.du, self.fenetre.au)
        principe = f"Un patient vu pour la dernière fois en {_mois_en_mots(premier)} en sort au plus tard fin {fin}"
        return (
            f"{self.qui}{dite} les patients différents vus au moins une fois {fenetre}.",
            f"{principe} ; s'il est revu, il y reste.",
            *(() if self.communes is None else (self.communes.phrase,)),
        )


@dataclass(frozen=True, slots=True)
class FileActive:
    """The file active of a contract explained, doctor by doctor, and their months summed."""

    au: Jour
    medecins: tuple[FileActiveMedecin, ...]
    ensemble: tuple[MoisActif, ...]
    avertissements: tuple[Avertissement, ...]
    sources_legales: tuple[SourceLegale, ...]

    @property
    def activite_saisie(self) -> bool:
        """Whether any month of the windows has its activity entered."""
        return any(mois.saisis for mois in self.ensemble)

    @property
    def chiffres(self) -> dict[str, Explication]:
        """What explains each figure, by its path."""
        explications: dict[str, Explication] = {}
        for sienne in self.medecins:
            racine = f"medecins.{sienne.medecin}"
            explications[racine] = _expliquer_fenetre(sienne, self.sources_legales)
            for mois in sienne.mois:
                explications[f"{racine}.mois.{mois.mois}"] = _expliquer_mois(mois, sienne.mediane_actes)
        for mois in self.ensemble:
            explications[f"ensemble.mois.{mois.mois}"] = _expliquer_mois(mois, None)
        return explications


def file_active(dossier: Dossier, contrat: EvaluationContrat, baremes: Baremes) -> FileActive:  # noqa: ARG001 - one signature for all
    """Explain the file active of a contract: its window, the months that leave it and their activity."""
    signe = contrat.contrat
    releves: dict[str, list[Releve]] = {medecin: [] for medecin in contrat.adherents}
    for releve in dossier.releves:
        if releve.medecin in releves:
            releves[releve.medecin].append(releve)
    saisie = {
        (activite.medecin, activite.mois): (activite.actes, activite.jours_travailles)
        for activite in dossier.activite
        if activite.medecin in releves and _premier_jour(activite.mois) <= contrat.au
    }
    qui = prefixes(dossier, signe)
    medecins = []
    for medecin in contrat.adherents:
        siens = points(releves[medecin], "file_active", signe.debut_le, contrat.au)
        medecins.append(_du_medecin(medecin, qui[medecin], siens, saisie, contrat))
    ensemble = _sommer(medecins)
    return FileActive(
        contrat.au,
        tuple(medecins),
        ensemble,
        tuple(_avertir(medecins, ensemble)),
        contrat.file_active.explication.sources,
    )


def _fenetre(jour: date) -> Fenetre:
    return Fenetre(ajouter_mois(jour, -MOIS_DE_LA_FENETRE) + UN_JOUR, jour)


def _du_medecin(
    medecin: str,
    qui: str,
    siens: Sequence[Point],
    saisie: Mapping[tuple[str, str], tuple[int, int]],
    contrat: EvaluationContrat,
) -> FileActiveMedecin:
    le_bon = retenu(siens)
    fenetre = _fenetre(contrat.au if le_bon is None else le_bon.date)
    cles = _mois_de(fenetre)
    finis = [
        saisie[medecin, mois][0] for mois in cles if (medecin, mois) in saisie and _dernier_jour(mois) <= contrat.au
    ]
    mediane = Fraction(median(finis)) if finis else None
    activite = {mois: saisie[medecin, mois] for m, mois in saisie if m == medecin}
    mois = tuple(_mois_actif(cle, activite, fenetre, mediane, contrat) for cle in cles)
    return FileActiveMedecin(
        medecin=medecin,
        qui=qui,
        valeur=None if le_bon is None else le_bon.valeur,
        date=None if le_bon is None else le_bon.date,
        source=None if le_bon is None else le_bon.source,
        fenetre=fenetre,
        mois=mois,
        mediane_actes=mediane,
        communes=_communes(siens, le_bon),
    )


def _mois_actif(
    mois: str,
    activite: Mapping[str, tuple[int, int]],
    fenetre: Fenetre,
    mediane: Fraction | None,
    contrat: EvaluationContrat,
) -> MoisActif:
    du, au = _premier_jour(mois), _dernier_jour(mois)
    actes, jours = activite.get(mois, (None, None))
    sort_le = _sortie(mois)
    return MoisActif(
        mois=mois,
        entier=fenetre.du <= du and au <= fenetre.au,
        medecins=1,
        saisis=int(actes is not None),
        actes=actes,
        jours_travailles=jours,
        jours_suspendus=_jours_suspendus(contrat.suspensions, du, au),
        faible=actes is not None and mediane is not None and au <= contrat.au and 2 * actes < mediane,
        sort_le=sort_le,
        sorti=sort_le <= contrat.au,
        remplace=_comparer(mois, _decaler(mois, -MOIS_DE_LA_FENETRE), activite, contrat.au),
        remplacant=_comparer(mois, _decaler(mois, MOIS_DE_LA_FENETRE), activite, contrat.au),
    )


def _sortie(mois: str) -> date:
    """Give the first day whose window holds no day of a month, from the end of the same month a year later on."""
    jour = _dernier_jour(_decaler(mois, MOIS_DE_LA_FENETRE))
    # After a 29 February the window of 28 February, a year later, still holds it.
    return jour if _fenetre(jour).du > _dernier_jour(mois) else jour + UN_JOUR


def _jours_suspendus(suspensions: Sequence[PeriodeSuspendue], du: date, au: date) -> int:
    return sum(max(0, (min(s.au, au) - max(s.du, du)).days + 1) for s in suspensions)


def _comparer(mois: str, autre: str, activite: Mapping[str, tuple[int, int]], au: date) -> Comparaison | None:
    """Hold a month to another; one that the day has not seen the end of is not compared."""
    if mois not in activite or autre not in activite or _dernier_jour(max(mois, autre)) > au:
        return None
    (actes, jours), (autres_actes, autres_jours) = activite[mois], activite[autre]
    sens = 1 if autre > mois else -1
    return Comparaison(
        autre, 1, autres_actes, autres_jours, sens * (autres_actes - actes), sens * (autres_jours - jours)
    )


def _communes(siens: Sequence[Point], le_bon: Point | None) -> FenetresCommunes | None:
    """Hold the reading that counts to the one before it, of the same rank."""
    if le_bon is None:
        return None
    rang = AUTHENTIFIEES if le_bon.source in AUTHENTIFIEES else {"logiciel"}
    avant = retenu([point for point in siens if point.source in rang and point.date < le_bon.date])
    if avant is None:
        return None
    ancienne, nouvelle = _fenetre(avant.date), _fenetre(le_bon.date)
    return FenetresCommunes(
        avant=avant,
        apres=le_bon,
        jours=max(0, (ancienne.au - nouvelle.du).days + 1),
        sortis=Fenetre(ancienne.du, min(ancienne.au, nouvelle.du - UN_JOUR)),
        entres=Fenetre(max(nouvelle.du, ancienne.au + UN_JOUR), nouvelle.au),
    )


def _sommer(medecins: Sequence[FileActiveMedecin]) -> tuple[MoisActif, ...]:
    """Sum the months of the doctors, over those whose window holds each."""
    par_mois: dict[str, list[MoisActif]] = {}
    for sienne in medecins:
        for mois in sienne.mois:
            par_mois.setdefault(mois.mois, []).append(mois)
    return tuple(_somme_du_mois(cle, par_mois[cle]) for cle in sorted(par_mois))


def _somme_du_mois(cle: str, siens: Sequence[MoisActif]) -> MoisActif:
    saisis = [mois for mois in siens if mois.saisis]
    return MoisActif(
        mois=cle,
        entier=all(mois.entier for mois in siens),
        medecins=len(siens),
        saisis=len(saisis),
        actes=sum(mois.actes or 0 for mois in saisis) if saisis else None,
        jours_travailles=sum(mois.jours_travailles or 0 for mois in saisis) if saisis else None,
        jours_suspendus=siens[0].jours_suspendus,
        faible=any(mois.faible for mois in siens),
        sort_le=siens[0].sort_le,
        sorti=siens[0].sorti,
        remplace=_somme_des_comparaisons([mois.remplace for mois in siens]),
        remplacant=_somme_des_comparaisons([mois.remplacant for mois in siens]),
    )


def _somme_des_comparaisons(toutes: Sequence[Comparaison | None]) -> Comparaison | None:
    connues = [comparaison for comparaison in toutes if comparaison is not None]
    if not connues:
        return None
    return Comparaison(
        mois=connues[0].mois,
        medecins=len(connues),
        actes=sum(comparaison.actes for comparaison in connues),
        jours_travailles=sum(comparaison.jours_travailles for comparaison in connues),
        ecart_actes=sum(comparaison.ecart_actes for comparaison in connues),
        ecart_jours=sum(comparaison.ecart_jours for comparaison in connues),
    )


def _avertir(medecins: Sequence[FileActiveMedecin], ensemble: Sequence[MoisActif]) -> Iterator[Avertissement]:
    for sienne in medecins:
        if sienne.date is None:
            yield Avertissement(
                "file_active_sans_releve",
                f"{sienne.qui}Aucun relevé de file active ne compte encore : la fenêtre montrée est celle qui finit le "
                f"{jour_court(sienne.fenetre.au)}.",
                "information",
            )
    if not any(mois.saisis for mois in ensemble):
        yield Avertissement(
            "activite_absente",
            "Aucune activité mensuelle n'est saisie pour ces douze mois : seule la fenêtre est expliquée. Saisissez "
            "les actes et les jours travaillés de chaque mois pour voir ce qui en sort.",
            "information",
        )
        return
    for sienne in medecins:
        if manquants := [_mois_en_mots(mois.mois) for mois in sienne.mois if not mois.saisis]:
            yield Avertissement(
                "activite_incomplete",
                f"{sienne.qui}Activité non saisie pour {compte(len(manquants), 'mois', 'mois')} de la fenêtre : "
                f"{enumeration(manquants)}.",
                "information",
            )
        for mois in sienne.mois:
            if mois.faible or (mois.jours_suspendus and mois.saisis):
                code = "mois_peu_actif" if mois.faible else "mois_suspendu"
                yield Avertissement(code, f"{sienne.qui}{mois.phrase}", "information")


def _expliquer_fenetre(sienne: FileActiveMedecin, legales: tuple[SourceLegale, ...]) -> Explication:
    etapes = []
    if sienne.valeur is None or sienne.source is None:
        etapes.append(Etape("Relevé qui compte", "aucun depuis le début du contrat", "inconnu"))
    else:
        lu = f"{SOURCES[sienne.source]}, relevé du {jour_court(sienne.fenetre.au)}"
        etapes.append(Etape("Relevé qui compte", lu, compte(sienne.valeur, "patient")))
    etapes.append(
        Etape(
            "Fenêtre",
            f"les douze mois qui finissent le {jour_court(sienne.fenetre.au)} : "
            f"{periode(sienne.fenetre.du, sienne.fenetre.au)}",
            compte(sienne.fenetre.jours, "jour"),
        )
    )
    if sienne.mediane_actes is not None:
        etapes.append(
            Etape(
                "Mois médian",
                "actes des mois saisis et finis de la fenêtre ; un mois qui en fait moins de la moitié est peu actif",
                f"{nombre(sienne.mediane_actes, 1 if sienne.mediane_actes.denominator > 1 else 0)}\u00a0actes",
            )
        )
    communes = sienne.communes
    if communes is not None:
        etapes.append(
            Etape(
                "Jours communs avec le relevé précédent",
                f"{nombre(communes.avant.valeur)} le {jour_court(communes.avant.date)} "
                f"({de_la_source(communes.avant.source)}), {nombre(communes.apres.valeur)} le "
                f"{jour_court(communes.apres.date)}",
                compte(communes.jours, "jour"),
            )
        )
    return Explication("File active : les douze mois qu'elle compte", tuple(etapes), legales)


def _expliquer_mois(mois: MoisActif, mediane: Fraction | None) -> Explication:
    etapes = [
        Etape(
            "Activité",
            f"saisie pour {compte(mois.saisis, 'médecin')} sur {nombre(mois.medecins)}",
            _activite_en_mots(mois.actes, mois.jours_travailles),
        ),
        Etape(
            "Sortie de la file active",
            "le dernier patient vu ce mois-là n'est plus dans les douze derniers mois",
            jour_court(mois.sort_le),
        ),
    ]
    if mois.faible and mediane is not None:
        etapes.append(Etape("Mois peu actif", f"moins de la moitié de {nombre(mediane, 1)} actes", "oui"))
    if mois.jours_suspendus:
        etapes.append(Etape("Suspension", "jours du mois où le contrat dormait", nombre(mois.jours_suspendus)))
    for libelle, comparaison in (("Mois qu'il a remplacé", mois.remplace), ("Mois qui le remplace", mois.remplacant)):
        if comparaison is not None:
            etapes.append(
                Etape(
                    libelle,
                    f"{_mois_en_mots(comparaison.mois)}, {compte(comparaison.medecins, 'médecin')} : "
                    f"{_activite_en_mots(comparaison.actes, comparaison.jours_travailles)}",
                    f"{nombre(comparaison.ecart_actes, signe=True)}\u00a0actes, "
                    f"{nombre(comparaison.ecart_jours, signe=True)}\u00a0jours",
                )
            )
    return Explication(f"File active : {_mois_en_mots(mois.mois)}", tuple(etapes), ())


def _activite_en_mots(actes: int | None, jours: int | None) -> str:
    if actes is None or jours is None:
        return "activité non saisie"
    return f"{compte(actes, 'acte')}, {compte(jours, 'jour travaillé', 'jours travaillés')}"


def _suite(remplacant: Comparaison | None) -> str:
    if remplacant is None:
        return ""
    activite = _activite_en_mots(remplacant.actes, remplacant.jours_travailles)
    return f", remplacé par {_mois_en_mots(remplacant.mois)} ({activite})"


def _mois_de(fenetre: Fenetre) -> tuple[str, ...]:
    """Give the calendar months of which a window holds a day."""
    mois, dernier = _cle(fenetre.du), _cle(fenetre.au)
    cles = [mois]
    while mois < dernier:
        mois = _decaler(mois, 1)
        cles.append(mois)
    return tuple(cles)


def _cle(jour: date) -> str:
    return f"{jour.year:04d}-{jour.month:02d}"


def _premier_jour(mois: str) -> date:
    return date(int(mois[:4]), int(mois[5:]), 1)


def _dernier_jour(mois: str) -> date:
    return ajouter_mois(_premier_jour(mois), 1) - UN_JOUR


def _decaler(mois: str, de_mois: int) -> str:
    return _cle(ajouter_mois(_premier_jour(mois), de_mois))


def _mois_en_mots(mois: str) -> str:
    return mois_long(_premier_jour(mois))
