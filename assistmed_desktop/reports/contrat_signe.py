"""The contract as it was signed, its amendments, and who adheres to it."""

from typing import assert_never

from reportlab.platypus import Flowable

from assistmed_desktop.domain.contrat import (
    Avenant,
    ChangementAdresse,
    ChangementOption,
    ContratCollectif,
    NouvelObjectif,
    Resiliation,
    Suspension,
)
from assistmed_desktop.domain.libelles import TEXTES, ZONAGES
from assistmed_desktop.formats import compte, enumeration, etp, jour_long, nombre, periode
from assistmed_desktop.reports.blocs import Titre, ensemble
from assistmed_desktop.reports.contenu import Matiere, nom_du_medecin
from assistmed_desktop.reports.ecriture import francais
from assistmed_desktop.reports.mots import Ligne, objectif_en_mots
from assistmed_desktop.reports.renvois import References
from assistmed_desktop.reports.tableau import Cellule, Colonne, Tableau


def contrat_signe(matiere: Matiere, references: References) -> list[Flowable]:
    """Give the section on the contract itself."""
    evalue, contrat = matiere.contrat, matiere.contrat.contrat
    jugee = jour_long(evalue.evaluation_le)
    if evalue.evaluation_le != evalue.evaluation_initiale_le:
        jugee += f", reportée du {jour_long(evalue.evaluation_initiale_le)} par la suspension"
    if evalue.evaluation_par_defaut:
        jugee += " (date par défaut, absente du dossier)"
    faits = [
        ("texte", TEXTES[contrat.texte]),
        ("signature", jour_long(contrat.signe_le)),
        ("durée", f"{compte(contrat.duree_ans, 'an')}, {periode(contrat.debut_le, evalue.fin_le)}"),
        ("option", f"{etp(contrat.option_etp)} à la signature"),
        ("tranche de départ", contrat.tranche or "non renseignée"),
        ("référence", f"chiffres du {jour_long(contrat.reference.date)}"),
        ("évaluation de l’objectif", f"{jugee}{references.calcul('evaluation_le', ' (', ')')}"),
        *_adhesions(matiere),
        *(
            ("avenant", _avenant(avenant))
            for avenant in sorted(contrat.avenants, key=lambda a: a.du)
            if avenant.du <= matiere.au
        ),
    ]
    lignes: list[Ligne] = [(Cellule(nom, discret=True), francais(texte)) for nom, texte in faits]
    return ensemble(Titre("Contrat"), Tableau([Colonne(""), Colonne("", 1)], lignes, serre=True))


def _adhesions(matiere: Matiere) -> list[tuple[str, str]]:
    """Say who adheres to a group on the day, and who enters or leaves it otherwise than with the contract."""
    contrat = matiere.contrat.contrat
    if not isinstance(contrat, ContratCollectif):
        return []
    noms = [nom_du_medecin(m) for m in matiere.medecins if m.id in matiere.contrat.adherents]
    faits = [("adhérents ce jour", enumeration(noms) or "aucun")]
    for adhesion in sorted(contrat.adhesions, key=lambda a: (a.du, a.medecin)):
        reference = adhesion.reference
        apport = (
            ""
            if reference is None
            else f", référence de {nombre(reference.patientele_mt)} (patientèle médecin traitant) et "
            f"{nombre(reference.file_active)} (file active)"
        )
        faits.append(
            ("adhésion", f"{matiere.nom_du_medecin(adhesion.medecin)}, {periode(adhesion.du, adhesion.au)}{apport}")
        )
    return faits


def _avenant(avenant: Avenant) -> str:
    """Say what an amendment changes; its reason stays in the practice."""
    du = jour_long(avenant.du)
    match avenant:
        case Suspension():
            return f"suspension du {du}" + (f" au {jour_long(avenant.au)}" if avenant.au else ", en cours")
        case ChangementOption():
            return f"option de {etp(avenant.option_etp)} à partir du {du}"
        case NouvelObjectif():
            return f"nouvel objectif à partir du {du} : {objectif_en_mots(avenant.objectif)}"
        case ChangementAdresse():
            return f"changement d'adresse du cabinet le {du}, {ZONAGES[avenant.zonage]}"
        case Resiliation():
            return f"résiliation à partir du {du}"
        case _:
            assert_never(avenant)
