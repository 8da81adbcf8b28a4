"""Who may sign a contract, with the reasons (reglementation, sections 2, 4 and 6)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import ajouter_mois
from assistmed_desktop.domain.contrat import ContratCollectif
from assistmed_desktop.domain.libelles import SECTEURS, TEXTES, specialite
from assistmed_desktop.formats import compte, etp, nombre, pourcent
from assistmed_desktop.rules.resultats import Eligibilite, Motif, SourceLegale

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from assistmed_desktop.domain.cabinet import Cabinet, Medecin
    from assistmed_desktop.domain.contrat import ContratIndividuel
    from assistmed_desktop.rules.tables import OptionOuverte, VersionEligibilite, VersionTextes


@dataclass(frozen=True, slots=True)
class Anterieur:
    """An earlier individual contract of a doctor, its last day, and whether its targets were met at the signature."""

    contrat: ContratIndividuel
    fin_le: date
    objectifs_tenus: bool | None


def eligibilite(
    contrat: ContratIndividuel | ContratCollectif,
    cabinet: Cabinet,
    medecins: Sequence[Medecin],
    textes: VersionTextes | None,
    version: VersionEligibilite | None,
    anterieurs: Sequence[Anterieur],
) -> Eligibilite:
    """Say whether the known rules let this contract be signed, with every reason that excludes or that is to check."""
    if textes is None or version is None:
        return Eligibilite(None, ())
    motifs = [
        *(motif for medecin in medecins for motif in _medecin(contrat, medecin, textes, version)),
        *_option(contrat, cabinet, medecins, textes),
        *_cabinet(cabinet, version),
        *_groupe(contrat, textes),
    ]
    if any(motif.exclut for motif in motifs):
        return Eligibilite(eligible=False, motifs=tuple(motifs))
    return Eligibilite(eligible=None if motifs else True, motifs=tuple(motifs))


def _medecin(
    contrat: ContratIndividuel | ContratCollectif, medecin: Medecin, textes: VersionTextes, version: VersionEligibilite
) -> Iterator[Motif]:
    nom, source = _docteur(medecin), version.source()
    if medecin.secteur not in version.secteurs:
        yield Motif(
            f"{nom} exerce en {SECTEURS[medecin.secteur]} ; il faut le secteur 1, ou le secteur 2 avec Optam "
            "ou Optam-CO.",
            exclut=True,
            source=source,
        )
    if medecin.specialite in version.specialites_exclues:
        yield Motif(
            f"La spécialité du {nom} ({specialite(medecin.specialite)}) est exclue de l'aide.",
            exclut=True,
            source=source,
        )
    if medecin.specialite.startswith(version.specialites_actes_cliniques):
        part = pourcent(Fraction(version.part_actes_cliniques, 100))
        yield Motif(
            f"{nom} doit avoir au moins {part} d'honoraires cliniques sur les douze derniers mois : à vérifier.",
            exclut=None,
            source=source,
        )
    if not isinstance(contrat, ContratCollectif):
        yield from _seuil(contrat, medecin, textes, version)


def _docteur(medecin: Medecin) -> str:
    return f"Dr {medecin.nom_complet}"


def _seuil(
    contrat: ContratIndividuel, medecin: Medecin, textes: VersionTextes, version: VersionEligibilite
) -> Iterator[Motif]:
    if medecin.specialite != "medecine_generale":
        yield Motif(
            f"Le seuil de file active (P30) de la spécialité du {_docteur(medecin)} n'est pas publié : "
            "à vérifier avec la CPAM.",
            exclut=None,
            source=version.source("C"),
        )
        return
    seuil = version.seuil(30, "patientele_mt")
    if seuil is None or contrat.reference.patientele_mt >= seuil.patients:
        return
    constat = (
        f"La patientèle de référence ({nombre(contrat.reference.patientele_mt)}) est sous le seuil P30, "
        f"{nombre(seuil.patients)} {version.population}"
    )
    if not version.derogations_seuil:
        yield Motif(f"{constat}.", exclut=True, source=version.source(seuil.grade))
    elif contrat.signe_le >= ajouter_mois(medecin.installe_le, textes.nouvel_installe.mois):
        yield Motif(
            f"{constat}, sauf médecin en situation de handicap (RQTH) ou plus de 20 % de patients de moins de 16 ans : "
            "à vérifier.",
            exclut=None,
            source=version.source(seuil.grade),
        )


def _option(
    contrat: ContratIndividuel | ContratCollectif, cabinet: Cabinet, medecins: Sequence[Medecin], textes: VersionTextes
) -> Iterator[Motif]:
    if isinstance(contrat, ContratCollectif):
        return
    ouverte = next((option for option in textes.options if option.option == contrat.option_etp), None)
    if ouverte is None:
        nom = etp(contrat.option_etp)
        yield Motif(
            f"L'option {nom} n'existe pas sous ce texte ({TEXTES[contrat.texte]}).", exclut=True, source=textes.source()
        )
        return
    yield from _condition(contrat, cabinet, medecins, ouverte, textes.source(ouverte.grade))


def _condition(
    contrat: ContratIndividuel,
    cabinet: Cabinet,
    medecins: Sequence[Medecin],
    ouverte: OptionOuverte,
    source: SourceLegale,
) -> Iterator[Motif]:
    nom, texte = etp(contrat.option_etp), TEXTES[contrat.texte]
    match ouverte.condition:
        case "zone_sous_dense" if cabinet.zonage != "zip":
            yield Motif(
                f"L'option {nom} est réservée aux zones sous-denses sous ce texte ({texte})"
                + (" : à vérifier pour une ZAC." if cabinet.zonage == "zac" else "."),
                exclut=None if cabinet.zonage == "zac" else True,
                source=source,
            )
        case "fermee":
            yield Motif(
                f"L'option {nom} n'est plus ouverte aux nouveaux contrats ({texte}).", exclut=True, source=source
            )
        case "contrats_existants":
            yield Motif(
                f"L'option {nom} ne continue que pour les contrats existants ({texte}) : à vérifier.",
                exclut=None,
                source=source,
            )
        case "extension":
            generaliste = all(medecin.specialite == "medecine_generale" for medecin in medecins)
            possible = generaliste and cabinet.zonage == "zip"
            yield Motif(
                f"L'option {nom} demande un médecin généraliste en ZIP, la troisième année d'un premier contrat "
                f"à temps plein et des objectifs atteints{' : à vérifier' if possible else ''}.",
                exclut=None if possible else True,
                source=source,
            )
        case _:
            pass


def _cabinet(cabinet: Cabinet, version: VersionEligibilite) -> Iterator[Motif]:
    if version.exercice_regroupe and not cabinet.exercice_regroupe and cabinet.zonage != "zip":
        en_zac = cabinet.zonage == "zac"
        yield Motif(
            "L'avenant n° 7 demande un exercice regroupé d'au moins deux médecins, sauf en zone sous-dense"
            + (" : à vérifier pour une ZAC." if en_zac else "."),
            exclut=None if en_zac else True,
            source=version.source("A"),
        )
    if version.exercice_coordonne and cabinet.exercice_coordonne == "aucun":
        yield Motif(
            "L'avenant n° 7 demande un exercice coordonné, ou l'engagement d'en rejoindre un dans les deux ans.",
            exclut=True,
            source=version.source("A"),
        )


def _groupe(contrat: ContratIndividuel | ContratCollectif, textes: VersionTextes) -> Iterator[Motif]:
    groupe = textes.groupe
    if not isinstance(contrat, ContratCollectif) or groupe is None:
        return
    adherents = len(contrat.medecins)
    moyenne = groupe.moyenne_patientele_mt
    if contrat.reference.patientele_mt < moyenne * adherents:
        yield Motif(
            f"La patientèle de référence du groupe ({nombre(contrat.reference.patientele_mt)}) est sous "
            f"{nombre(moyenne * adherents)}, soit {compte(moyenne, 'patient')} par adhérent en moyenne.",
            exclut=True,
            source=textes.source(groupe.grade),
        )
    if contrat.option_etp > adherents:
        possible = contrat.option_etp <= adherents * (1 + groupe.pamsu.etp)
        yield Motif(
            f"Le groupe finance {etp(contrat.option_etp)} pour {compte(adherents, 'médecin')} ; au-delà d'un ETP par "
            "médecin, il faut accueillir un docteur junior (PAMSU), un demi-ETP chacun, depuis novembre 2026"
            + (" : à vérifier." if possible else "."),
            exclut=None if possible else True,
            source=textes.source(groupe.grade),
        )
