"""Who may sign a contract, with the reasons (reglementation, sections 2, 4 and 6)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import UN_JOUR, ajouter_mois, anniversaire, en_cours
from assistmed_desktop.domain.contrat import ChangementAdresse, ChangementOption, ContratCollectif
from assistmed_desktop.domain.libelles import DEROGATIONS, SECTEURS, TEXTES, specialite
from assistmed_desktop.formats import compte, enumeration, etp, jour_court, mois_long, nombre, pourcent
from assistmed_desktop.rules.adhesions import fin_du_contrat
from assistmed_desktop.rules.resultats import Eligibilite, Motif, SourceLegale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from assistmed_desktop.domain.cabinet import Cabinet, Medecin, Zonage
    from assistmed_desktop.domain.contrat import ContratIndividuel, Derogation, TexteConventionnel
    from assistmed_desktop.rules.tables import (
        Extension,
        Groupe,
        OptionOuverte,
        VersionEligibilite,
        VersionTextes,
    )

GENERALISTE = "medecine_generale"
_GENERALISTES = (GENERALISTE, "generaliste", "medecin_generaliste")


def generaliste(medecin: Medecin) -> bool:
    """Say whether a doctor is a general practitioner, whatever the words of the dossier for it."""
    return medecin.specialite in _GENERALISTES


@dataclass(frozen=True, slots=True)
class Anterieur:
    """An earlier individual contract of a doctor, its last day, and whether its targets were met at the signature."""

    contrat: ContratIndividuel
    fin_le: date
    objectifs_tenus: bool | None


@dataclass(frozen=True, slots=True)
class Suivi:
    """What the amendments of a contract are judged by, each on its day.

    ``tenus`` says whether the targets of the contract were met on a day, None when nobody can tell by then; ``textes``
    are all the texts, among which the one then open to signature.
    """

    tenus: Callable[[date], bool | None]
    textes: Sequence[VersionTextes]


def eligibilite(  # noqa: PLR0913, PLR0917 - what the rules look at, each on its own
    contrat: ContratIndividuel | ContratCollectif,
    cabinet: Cabinet,
    medecins: Sequence[Medecin],
    textes: VersionTextes | None,
    version: VersionEligibilite | None,
    anterieurs: Sequence[Anterieur],
    suivi: Suivi,
) -> Eligibilite:
    """Say whether the known rules let this contract be signed, with every reason that excludes or that is to check."""
    if textes is None or version is None:
        return Eligibilite(None, ())
    motifs = [motif for medecin in medecins for motif in _medecin(medecin, version)]
    if isinstance(contrat, ContratCollectif):
        motifs += _cabinet(cabinet, version)
        if textes.groupe is not None:
            motifs += _groupe(contrat, textes.groupe, textes.source(textes.groupe.grade))
            motifs += _contrats_a_clore(contrat, medecins, anterieurs, textes.source(textes.groupe.grade))
    else:
        (medecin,) = medecins
        motifs += [
            *_seuil(contrat, medecin, textes, version, anterieurs),
            *_option(contrat, cabinet, medecin, textes, anterieurs),
            *_options_par_avenant(_Prise(contrat, cabinet, medecin, textes, anterieurs, suivi)),
            *_cabinet(cabinet, version),
        ]
    if any(motif.exclut for motif in motifs):
        return Eligibilite(eligible=False, motifs=tuple(motifs))
    ouverts = any(motif.exclut is None for motif in motifs)
    return Eligibilite(eligible=None if ouverts else True, motifs=tuple(motifs))


def _medecin(medecin: Medecin, version: VersionEligibilite) -> Iterator[Motif]:
    nom, source = _docteur(medecin), version.source()
    if medecin.secteur not in version.secteurs:
        yield Motif(
            f"{nom} exerce en {SECTEURS[medecin.secteur]} ; il faut le secteur 1, ou le secteur 2 avec Optam "
            "ou Optam-CO.",
            exclut=True,
            source=source,
        )
    if version.exclut(medecin.specialite):
        yield Motif(
            f"La spécialité du {nom} ({specialite(medecin.specialite)}) est exclue de l'aide.",
            exclut=True,
            source=source,
        )
    elif version.actes_cliniques(medecin.specialite):
        part = pourcent(Fraction(version.part_actes_cliniques, 100))
        yield Motif(
            f"{nom} doit avoir au moins {part} d'honoraires cliniques sur les {version.mois_actes_cliniques} derniers "
            "mois : à vérifier.",
            exclut=None,
            source=source,
        )


def _docteur(medecin: Medecin) -> str:
    return f"Dr {medecin.nom_complet}"


def nouvel_installe(contrat: ContratIndividuel | ContratCollectif, medecin: Medecin, textes: VersionTextes) -> bool:
    """Say whether a doctor is newly installed at the signature of a contract."""
    return contrat.signe_le < ajouter_mois(medecin.installe_le, textes.nouvel_installe.mois)


def reinstalle(
    contrat: ContratIndividuel | ContratCollectif,
    medecin: Medecin,
    textes: VersionTextes,
    anterieurs: Sequence[Anterieur],
) -> bool:
    """Say whether an earlier contract of a doctor ended so that the next one is signed as by a newly installed."""
    return any(
        anterieur.contrat.medecin == medecin.id
        and anterieur.contrat.resiliation is not None
        and anterieur.contrat.resiliation.cause in textes.reinstallation.causes
        and anterieur.contrat.resiliation.du <= contrat.debut_le
        for anterieur in anterieurs
    )


def _seuil(
    contrat: ContratIndividuel,
    medecin: Medecin,
    textes: VersionTextes,
    version: VersionEligibilite,
    anterieurs: Sequence[Anterieur],
) -> Iterator[Motif]:
    if not generaliste(medecin):
        yield Motif(
            f"Le seuil de file active (P{version.percentile_minimal}) de la spécialité du {_docteur(medecin)} "
            "n'est pas publié : à vérifier avec la CPAM.",
            exclut=None,
            source=version.source("C"),
        )
        return
    seuil = version.seuil(version.percentile_minimal, "patientele_mt")
    if seuil is None or contrat.reference.patientele_mt >= seuil.patients:
        return
    source = version.source(seuil.grade)
    constat = (
        f"La patientèle de référence ({nombre(contrat.reference.patientele_mt)}) est sous le seuil "
        f"P{version.percentile_minimal}, {nombre(seuil.patients)} {version.population}"
    )
    installe = nouvel_installe(contrat, medecin, textes)
    traite_comme_tel = not installe and reinstalle(contrat, medecin, textes, anterieurs)
    if version.derogations_seuil:
        yield from _derogation(contrat, constat, version, source, installe=installe, reinstallation=traite_comme_tel)
        return
    if installe or traite_comme_tel:
        regle = textes.nouvel_installe
        comment = "est un nouvel installé" if installe else "est traité comme un nouvel installé"
        atteindre = f"P{regle.percentile}" if regle.percentile is not None else "l'objectif des nouveaux installés"
        yield Motif(
            f"{constat}. Mais {_docteur(medecin)} {comment}, à qui le contrat demande d'atteindre {atteindre} en "
            f"{compte(regle.ans, 'an')} : à vérifier avec la CPAM.",
            exclut=None,
            source=source,
            autres_sources=(
                textes.source(regle.grade)
                if installe
                else textes.source(textes.reinstallation.grade, textes.reinstallation.reference),
            ),
        )
        return
    admis = version.admis_avec_amenagement
    par_la_page = tuple(_admis_avec_amenagement(contrat.derogation, medecin, version))
    if contrat.derogation is not None and (admis is None or contrat.derogation not in admis.derogations):
        inconnue = (
            f"La dérogation saisie, {DEROGATIONS[contrat.derogation]}, est celle de l'avenant n° 7 ; aucune source ne "
        )
        pourquoi: tuple[str, ...] = (f"{inconnue}dit si ce texte la garde.", *par_la_page)
    else:
        pourquoi = par_la_page
    yield Motif(
        f"{constat}. {' '.join(pourquoi)} À vérifier avec la CPAM." if pourquoi else f"{constat}.",
        exclut=None if pourquoi else True,
        source=source,
        autres_sources=(version.source(admis.grade),) if admis is not None and par_la_page else (),
    )


def _admis_avec_amenagement(
    derogation: Derogation | None, medecin: Medecin, version: VersionEligibilite
) -> Iterator[str]:
    """Say what an official page admits under the percentile, where the text has no exemption of its own."""
    admis = version.admis_avec_amenagement
    if admis is None:
        return
    page = "une page d'ameli.fr admet ces médecins, sous réserve d'un aménagement du contrat."
    if derogation in admis.derogations:
        yield f"La dérogation saisie, {DEROGATIONS[derogation]}, est celle de l'avenant n° 7 ; depuis, {page}"
    if medecin.exercice_mixte and admis.exercice_mixte:
        yield f"{_docteur(medecin)} a un exercice mixte : {page}"


def _derogation(  # noqa: PLR0913 - what exempts, each on its own
    contrat: ContratIndividuel,
    constat: str,
    version: VersionEligibilite,
    source: SourceLegale,
    *,
    installe: bool,
    reinstallation: bool,
) -> Iterator[Motif]:
    """Say what exempts from the threshold under a text that allows it: nothing for one installed of late."""
    if installe:
        return
    if contrat.derogation is not None:
        yield Motif(
            f"{constat} ; la dérogation saisie, {DEROGATIONS[contrat.derogation]}, en dispense.",
            exclut=False,
            source=source,
        )
    elif reinstallation:
        yield Motif(
            f"{constat} ; le médecin, dont un contrat a pris fin par un déménagement ou un changement de spécialité, "
            "est traité comme un nouvel installé, ce qui en dispense.",
            exclut=False,
            source=source,
        )
    else:
        jeune = version.jeune_patientele
        ou_jeune = (
            ""
            if jeune is None
            else f" ou plus de {pourcent(Fraction(jeune.part, 100))} de patients de moins de {compte(jeune.age, 'an')}"
        )
        yield Motif(f"{constat}, sauf {DEROGATIONS['rqth']}{ou_jeune} : à vérifier.", exclut=None, source=source)


def _option(
    contrat: ContratIndividuel,
    cabinet: Cabinet,
    medecin: Medecin,
    textes: VersionTextes,
    anterieurs: Sequence[Anterieur],
) -> Iterator[Motif]:
    """Judge the option the contract was signed for."""
    nom, texte = etp(contrat.option_etp), TEXTES[contrat.texte]
    ouverte = option_du_texte(textes, contrat.option_etp)
    if ouverte is None:
        yield Motif(f"L'option {nom} n'existe pas sous ce texte ({texte}).", exclut=True, source=textes.source())
        return
    source = textes.source(ouverte.grade)
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
        case "contrats_existants" if not _continue(contrat, anterieurs):
            yield Motif(
                f"L'option {nom} ne continue que pour les contrats existants ({texte}) : à vérifier.",
                exclut=None,
                source=source,
            )
        case "extension" if textes.extension is not None:
            palier = _Palier(nom, textes.extension, textes.source(textes.extension.grade))
            yield from _extension(palier, medecin, cabinet.zonage)
            yield from _premier_contrat(palier, contrat, anterieurs)
        case _:
            pass


def option_du_texte(textes: VersionTextes, option: Fraction) -> OptionOuverte | None:
    """Give what a text says of an option, or None when it does not offer it."""
    return next((ouverte for ouverte in textes.options if ouverte.option == option), None)


def texte_ouvert(
    versions: Iterable[VersionTextes], jour: date, *, collectif: bool
) -> tuple[TexteConventionnel, VersionTextes] | None:
    """Find the text under which a contract, individual or collective, is signed on a day."""
    for version in versions:
        for vises in version.contrats:
            meme_genre = (vises.texte == "collectif_2026") == collectif
            if meme_genre and version.regit(vises.texte, jour, jour):
                return vises.texte, version
    return None


def conditions_de_l_option(textes: VersionTextes, ouverte: OptionOuverte) -> str | None:
    """Say under which conditions a text offers an option; None when it has none."""
    match ouverte.condition:
        case "zone_sous_dense":
            return "réservée aux zones sous-denses"
        case "fermee":
            return "fermée aux nouveaux contrats"
        case "contrats_existants":
            return "gardée aux seuls contrats existants"
        case "extension" if textes.extension is not None:
            return _dire_l_extension(textes.extension)
        case _:
            return None


def _dire_l_extension(regle: Extension) -> str:
    return (
        f"à partir de l'année {regle.annee} d'un premier contrat à {etp(regle.option)}, objectifs atteints, en "
        f"{specialite(regle.specialite)}, pour un cabinet {_ZONES[regle.zonage]}"
    )


def _continue(contrat: ContratIndividuel, anterieurs: Sequence[Anterieur]) -> bool:
    """Say whether a contract follows, without a gap, one of the same option."""
    veille = min(contrat.signe_le, contrat.debut_le) - UN_JOUR
    return any(
        anterieur.contrat.option_au(anterieur.fin_le) == contrat.option_etp and anterieur.fin_le >= veille
        for anterieur in anterieurs
    )


@dataclass(frozen=True, slots=True)
class _Palier:
    """An option over a full time: how it is named, and what is asked for it."""

    nom: str
    regle: Extension
    source: SourceLegale

    def commence(self, contrat: ContratIndividuel) -> date:
        """Give the day from which a full-time contract opens the option."""
        return anniversaire(contrat.debut_le, self.regle.annee - 1)


def _extension(palier: _Palier, medecin: Medecin, zonage: Zonage) -> Iterator[Motif]:
    """Check who asks for more than a full time, and where."""
    regle = palier.regle
    if medecin.specialite != regle.specialite and not (regle.specialite == GENERALISTE and generaliste(medecin)):
        yield Motif(
            f"L'option {palier.nom} est réservée à la {specialite(regle.specialite)} ; {_docteur(medecin)} exerce en "
            f"{specialite(medecin.specialite)}.",
            exclut=True,
            source=palier.source,
        )
    if zonage != regle.zonage:
        yield Motif(
            f"L'option {palier.nom} demande un cabinet {_ZONES[regle.zonage]} ; il est {_ZONES[zonage]}.",
            exclut=True,
            source=palier.source,
        )


_ZONES: dict[Zonage, str] = {"zip": "en ZIP", "zac": "en ZAC", "hors_zone": "hors zone sous-dense"}


def _premier_contrat(palier: _Palier, contrat: ContratIndividuel, anterieurs: Sequence[Anterieur]) -> Iterator[Motif]:
    """Check the first full-time contract that an option over a full time prolongs: its third year, its targets."""
    regle, source = palier.regle, palier.source
    pleins = [
        anterieur
        for anterieur in anterieurs
        if anterieur.contrat.option_au(min(anterieur.fin_le, contrat.signe_le)) == regle.option
    ]
    demande = f"L'option {palier.nom} demande un premier contrat à {etp(regle.option)}"
    if not pleins:
        yield Motif(f"{demande} : il n'y en a pas dans ce dossier, à vérifier.", exclut=None, source=source)
        return
    premier = min(pleins, key=lambda anterieur: (anterieur.contrat.debut_le, anterieur.contrat.id))
    son_debut = jour_court(premier.contrat.debut_le)
    commence = palier.commence(premier.contrat)
    if commence > min(premier.fin_le, contrat.signe_le):
        issue = f"commence le {jour_court(commence)}" if commence <= premier.fin_le else "n'a pas eu lieu"
        yield Motif(
            f"{demande} dont l'année {regle.annee} est commencée à la signature ; celle du contrat du {son_debut} "
            f"{issue}.",
            exclut=True,
            source=source,
        )
    if premier.objectifs_tenus is not True:
        manques = premier.objectifs_tenus is False
        yield Motif(
            f"{demande} dont les objectifs sont atteints ; ceux du contrat du {son_debut} "
            + ("ne le sont pas à la signature." if manques else "ne se jugent pas avec ce dossier : à vérifier."),
            exclut=True if manques else None,
            source=source,
        )


@dataclass(frozen=True, slots=True)
class _Prise:
    """A contract whose amendments change the option, and all that they are judged by."""

    contrat: ContratIndividuel
    cabinet: Cabinet
    medecin: Medecin
    textes: VersionTextes
    anterieurs: Sequence[Anterieur]
    suivi: Suivi


def _changements_d_option(contrat: ContratIndividuel | ContratCollectif) -> Iterator[date]:
    """Give the days on which an amendment brings another option than the one before it and the one signed for."""
    jours = sorted({avenant.du for avenant in contrat.avenants if isinstance(avenant, ChangementOption)})
    avant = contrat.option_etp
    for jour in jours:
        option = contrat.option_au(jour)
        if option not in (avant, contrat.option_etp) and jour <= fin_du_contrat(contrat):
            yield jour
        avant = option


def _options_par_avenant(prise: _Prise) -> Iterator[Motif]:
    """Judge the options that the contract came to by amendment, each at its own day."""
    contrat, textes = prise.contrat, prise.textes
    for jour in _changements_d_option(contrat):
        option = contrat.option_au(jour)
        ouverte = option_du_texte(textes, option)
        nom = f"{etp(option)}, prise par avenant le {jour_court(jour)},"
        if ouverte is None:
            yield from _absente(prise, nom, jour)
        elif ouverte.condition == "extension":
            if textes.extension is not None:
                palier = _Palier(nom, textes.extension, textes.source(textes.extension.grade))
                yield from _conditions_en_cours(prise, palier, jour)
        else:
            yield from _reservee(prise, nom, jour, ouverte)


def _absente(prise: _Prise, nom: str, jour: date) -> Iterator[Motif]:
    """Judge an option that the text of the contract lacks, by the conditions of the text open to signature that day."""
    contrat = prise.contrat
    inconnue = f"L'option {nom} n'existe pas sous ce texte ({TEXTES[contrat.texte]})"
    ouvert = texte_ouvert(prise.suivi.textes, jour, collectif=False)
    ligne = None if ouvert is None else option_du_texte(ouvert[1], contrat.option_au(jour))
    if ouvert is None or ligne is None or ligne.condition != "extension" or ouvert[1].extension is None:
        yield Motif(f"{inconnue} : à vérifier avec la CPAM.", exclut=None, source=prise.textes.source())
        return
    texte, textes = ouvert
    regle = ouvert[1].extension
    palier = _Palier(nom, regle, textes.source(regle.grade))
    manques = tuple(_conditions_en_cours(prise, palier, jour))
    remplies = "" if manques else " (conditions remplies dans ce dossier)"
    yield Motif(
        f"{inconnue}. Le texte alors en vigueur ({TEXTES[texte]}) l'ouvre {_dire_l_extension(regle)}{remplies} ; "
        "aucune source ne dit si un contrat plus ancien y a droit : à vérifier avec la CPAM.",
        exclut=None,
        source=palier.source,
    )
    yield from manques


def _reservee(prise: _Prise, nom: str, jour: date, ouverte: OptionOuverte) -> Iterator[Motif]:
    """Judge an option that the text of the contract keeps for a zone, or no longer opens."""
    ici, source = f"({TEXTES[prise.contrat.texte]})", prise.textes.source(ouverte.grade)
    zonage = _zonage_au(prise.contrat, prise.cabinet, jour)
    match ouverte.condition:
        case "zone_sous_dense" if zonage != "zip":
            ouvert = texte_ouvert(prise.suivi.textes, jour, collectif=False)
            ligne = None if ouvert is None else option_du_texte(ouvert[1], ouverte.option)
            constat = f"L'option {nom} est réservée aux zones sous-denses sous ce texte {ici}"
            if ouvert is not None and ligne is not None and ligne.condition == "ouverte":
                yield Motif(
                    f"{constat} ; le texte alors en vigueur ({TEXTES[ouvert[0]]}) l'ouvre partout : à vérifier avec la "
                    "CPAM.",
                    exclut=None,
                    source=source,
                    autres_sources=(ouvert[1].source(ligne.grade),),
                )
            else:
                en_zac = zonage == "zac"
                suite = " : à vérifier pour une ZAC." if en_zac else "."
                yield Motif(f"{constat}{suite}", exclut=None if en_zac else True, source=source)
        case "fermee" | "contrats_existants":
            yield Motif(
                f"L'option {nom} est {conditions_de_l_option(prise.textes, ouverte)} {ici} ; aucune source ne dit si "
                "un avenant peut la prendre : à vérifier avec la CPAM.",
                exclut=None,
                source=source,
            )
        case _:
            pass


def _conditions_en_cours(prise: _Prise, palier: _Palier, jour: date) -> Iterator[Motif]:
    yield from _extension(palier, prise.medecin, _zonage_au(prise.contrat, prise.cabinet, jour))
    yield from _en_cours_de_contrat(palier, prise, jour)


def _zonage_au(contrat: ContratIndividuel, cabinet: Cabinet, jour: date) -> Zonage:
    """Give the zone of the address in force on a day: that of the last move, failing one the practice's."""
    faits = [a for a in reversed(contrat.avenants) if isinstance(a, ChangementAdresse) and a.du <= jour]
    return max(faits, key=lambda avenant: avenant.du).zonage if faits else cabinet.zonage


def _en_cours_de_contrat(palier: _Palier, prise: _Prise, jour: date) -> Iterator[Motif]:
    """Check the third year, and the targets, of the full-time contract that an amendment takes over a full time."""
    regle, contrat = palier.regle, prise.contrat
    commence = palier.commence(contrat)
    acquis = [
        anterieur
        for anterieur in prise.anterieurs
        if anterieur.contrat.option_au(anterieur.fin_le) == regle.option
        and palier.commence(anterieur.contrat) <= anterieur.fin_le
    ]
    if contrat.option_etp != regle.option:
        yield Motif(
            f"L'option {palier.nom} demande un premier contrat à {etp(regle.option)} ; celui-ci a été signé à "
            f"{etp(contrat.option_etp)} : à vérifier.",
            exclut=None,
            source=palier.source,
        )
    elif jour < commence and not acquis:
        yield Motif(
            f"L'option {palier.nom} ne s'ouvre qu'à l'année {regle.annee} du contrat, le {jour_court(commence)}.",
            exclut=True,
            source=palier.source,
        )
    juges = [anterieur.objectifs_tenus for anterieur in acquis]
    if jour >= commence or not acquis:
        juges.append(prise.suivi.tenus(jour))
    if True not in juges:
        manques = None not in juges
        yield Motif(
            f"L'option {palier.nom} demande des objectifs atteints"
            + (" ; ils ne le sont pas ce jour-là." if manques else " ce jour-là : à vérifier."),
            exclut=True if manques else None,
            source=palier.source,
        )


def _cabinet(cabinet: Cabinet, version: VersionEligibilite) -> Iterator[Motif]:
    if version.exercice_regroupe and not cabinet.exercice_regroupe and cabinet.zonage != "zip":
        en_zac = cabinet.zonage == "zac"
        combien = (
            "" if version.medecins_regroupes is None else f" d'au moins {compte(version.medecins_regroupes, 'médecin')}"
        )
        yield Motif(
            f"L'avenant n° 7 demande un exercice regroupé{combien}, sauf en zone sous-dense"
            + (" : à vérifier pour une ZAC." if en_zac else "."),
            exclut=None if en_zac else True,
            source=version.source("A"),
        )
    if version.exercice_coordonne and cabinet.exercice_coordonne == "aucun":
        delai = "" if version.engagement_ans is None else f" dans les {compte(version.engagement_ans, 'an')}"
        yield Motif(
            f"L'avenant n° 7 demande un exercice coordonné, ou l'engagement d'en rejoindre un{delai}.",
            exclut=True,
            source=version.source("A"),
        )


def _groupe(contrat: ContratCollectif, groupe: Groupe, source: SourceLegale) -> Iterator[Motif]:
    formes = [structure.upper() for structure in groupe.structures]
    if contrat.structure is None:
        yield Motif(
            f"La structure du groupe n'est pas renseignée ; un contrat collectif est ouvert aux "
            f"{enumeration(formes)} : à vérifier.",
            exclut=None,
            source=source,
        )
    elif contrat.structure not in groupe.structures:
        yield Motif(
            f"Une {contrat.structure.upper()} ne peut pas signer un contrat collectif ; formes possibles : "
            f"{', '.join(formes)}.",
            exclut=True,
            source=source,
        )
    adherents = len(contrat.adherents_au(contrat.debut_le))
    moyenne = groupe.moyenne_patientele_mt
    if contrat.reference.patientele_mt < moyenne * adherents:
        yield Motif(
            f"La patientèle de référence du groupe ({nombre(contrat.reference.patientele_mt)}) est sous "
            f"{nombre(moyenne * adherents)}, soit {compte(moyenne, 'patient')} par adhérent en moyenne.",
            exclut=True,
            source=source,
        )
    yield from _plafond(contrat, groupe, contrat.debut_le, contrat.option_etp, source)
    for jour in _changements_d_option(contrat):
        yield from _plafond(contrat, groupe, jour, contrat.option_au(jour), source, "Par avenant le {}, ")


def _plafond(  # noqa: PLR0913, PLR0917 - a ceiling, and all that it depends on
    contrat: ContratCollectif, groupe: Groupe, jour: date, finance: Fraction, source: SourceLegale, depuis: str = ""
) -> Iterator[Motif]:
    """Check the ETP financed from a day on against the adherents of that day, and the junior doctors they host."""
    adherents = contrat.adherents_au(jour)
    plafond, pamsu = groupe.etp_par_adherent * len(adherents), groupe.pamsu
    if finance <= plafond:
        return
    ouvert = jour >= pamsu.a_partir_du
    accueillants = {junior.medecin for junior in contrat.docteurs_juniors if en_cours(junior, jour)}
    if ouvert and finance <= plafond + pamsu.etp * len(accueillants.intersection(adherents)):
        return
    possible = ouvert and finance <= plafond + pamsu.etp * len(adherents)
    qui = f"{depuis.format(jour_court(jour))}le groupe finance"
    yield Motif(
        f"{qui[0].upper()}{qui[1:]} {etp(finance)} pour {compte(len(adherents), 'médecin')} ; au-delà de "
        f"{etp(groupe.etp_par_adherent)} par médecin, il faut accueillir un docteur junior (PAMSU), {etp(pamsu.etp)} "
        f"par médecin accueillant, depuis {mois_long(pamsu.a_partir_du)}" + (" : à vérifier." if possible else "."),
        exclut=None if possible else True,
        source=source,
    )


def _contrats_a_clore(
    contrat: ContratCollectif, medecins: Sequence[Medecin], anterieurs: Sequence[Anterieur], source: SourceLegale
) -> Iterator[Motif]:
    """Tell of the individual contracts still running when their doctor's collective one begins."""
    noms = {medecin.id: _docteur(medecin) for medecin in medecins}
    for anterieur in anterieurs:
        sien = anterieur.contrat
        if anterieur.fin_le >= contrat.debut_le:
            yield Motif(
                f"{noms[sien.medecin]} : le contrat individuel du {jour_court(sien.debut_le)} court jusqu'au "
                f"{jour_court(anterieur.fin_le)} ; il est à clore avant le contrat collectif, qui commence le "
                f"{jour_court(contrat.debut_le)}.",
                exclut=None,
                source=source,
            )
