"""The forms of an assistant: who it is, hirings, training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from assistmed_desktop.domain.assistant import Affectation, Assistant, Embauche, Formation
from assistmed_desktop.domain.libelles import EMPLOYEURS, PROFILS, ROLES, VOIES
from assistmed_desktop.formats import INSECABLE, compte, enumeration, etp, heures_de_l_etp, jour_court
from assistmed_desktop.rules.partage import ETP_DES_ROLES
from assistmed_desktop.services.places import ajouter, changer
from assistmed_desktop.services.retraits import emportes, identifiant, retirer
from assistmed_desktop.ui.fiches.cabinet import options
from assistmed_desktop.ui.fiches.faits_assistant import contrats_du_cabinet, d_un, ecriture, liste_de, retrait
from assistmed_desktop.ui.fiches.fiche import Champ, Fiche, Geste, Saisie, Valeurs, depart
from assistmed_desktop.ui.fiches.genres import Choix, Etp, Heures, Jour, Ligne
from assistmed_desktop.ui.fiches.periodes import AU, DU, a_l_envers
from assistmed_desktop.ui.typography import soigner

if TYPE_CHECKING:
    from assistmed_desktop.domain.dossier import Dossier


_ROLES: Final[Mapping[str, str]] = {
    role: f"{mot[:1].upper()}{mot[1:]}, {etp(ETP_DES_ROLES[role])}"
    for role, mot in ROLES.items()
}  # fmt: skip


def _heures_du_role(saisie: Saisie) -> str:
    """Propose the hours of the role chosen."""
    role = saisie.get("role", "")
    return next((heures_de_l_etp(part) for cle, part in ETP_DES_ROLES.items() if cle == role), "")


NOM = Champ("nom", "Nom", Ligne(), requis=True)
PRENOM = Champ("prenom", "Prénom", Ligne(), a_cote=True)
PROFIL = Champ("profil", "Profil avant l’embauche", Choix(options(PROFILS)), requis=True)
ROLE = Champ("role", "Rôle", Choix(_ROLES), requis=True)
HEURES = Champ(
    "heures_hebdo",
    "Heures par semaine",
    Heures(),
    requis=True,
    aide="celles du contrat de travail, par exemple 17 h 30",
    propose=_heures_du_role,
)
EMPLOYEUR = Champ("employeur", "Employeur", Choix(options(EMPLOYEURS)), requis=True)


# Who it is


def nouvel_assistant(dossier: Dossier) -> Fiche:
    """Make the form of a new assistant, which may enter the first hiring and the allocation at once."""

    def embauche(saisie: Saisie) -> bool:
        return bool(saisie.get("du", "").strip())

    def affecte(saisie: Saisie) -> bool:
        return embauche(saisie) and bool(saisie.get("contrat"))

    def etp_du_role(saisie: Saisie) -> str:
        role = saisie.get("role", "")
        return next((Etp().ecrire(part) for cle, part in ETP_DES_ROLES.items() if cle == role), "")

    contrats = contrats_du_cabinet(dossier)
    champs = [
        NOM,
        PRENOM,
        PROFIL,
        Champ("du", "Embauché le", Jour("premier"), aide="laissez vide si l’embauche n’est pas encore faite"),
        *(replace(champ, si=embauche) for champ in (ROLE, HEURES, EMPLOYEUR)),
    ]
    if contrats:
        affectation = Choix(contrats, vide_dit="aucun pour l’instant")
        champs += [
            Champ("contrat", "Affecté au contrat", affectation, si=embauche),
            Champ("etp", "Part comptée pour ce contrat", Etp(), requis=True, si=affecte, propose=etp_du_role),
        ]

    def enregistrer(valeurs: Valeurs) -> Geste:
        du, contrat = valeurs["du"], valeurs.get("contrat")
        embauches = () if du is None else (_embauche({**valeurs, "au": None}),)
        affectations: tuple[Affectation, ...] = ()
        if du is not None and contrat:
            affectations = (Affectation(contrat=contrat, du=du, au=None, etp=valeurs["etp"]),)
        nouveau = Assistant(
            id=identifiant("a"),
            nom=valeurs["nom"],
            prenom=valeurs["prenom"],
            profil=valeurs["profil"],
            embauches=embauches,
            formation=None,
            absences=(),
            affectations=affectations,
        )
        qui = nouveau.nom_complet
        return Geste(ajouter(("assistants",), nouveau, f"Ajouter {qui}"), f"{qui} est dans la liste.")

    seul = next(iter(contrats)) if len(contrats) == 1 else ""
    return Fiche("Nouvel assistant", tuple(champs), enregistrer, {"contrat": seul, "employeur": "medecin"})


def corriger_assistant(dossier: Dossier, assistant: Assistant) -> Fiche:
    """Make the form that corrects who an assistant is, or withdraws them."""
    champs = (NOM, PRENOM, PROFIL)

    def enregistrer(valeurs: Valeurs) -> Geste:
        operation = changer(("assistants", assistant.id), valeurs, f"Corriger l’identité {d_un(assistant)}")
        return Geste(operation, "L’identité est corrigée.")

    return Fiche(
        assistant.nom_complet,
        champs,
        enregistrer,
        depart(champs, assistant.__dict__),
        supprimer=retirer_assistant(dossier, assistant),
    )


def retirer_assistant(dossier: Dossier, assistant: Assistant) -> Geste:
    """Make the change that withdraws an assistant, with the question of what goes too."""
    qui = assistant.nom_complet
    siens = {
        "embauche": len(assistant.embauches),
        "absence": len(assistant.absences),
        "affectation": len(assistant.affectations),
        "coût": len(assistant.couts),
    }
    perdus = [compte(nombre, mot) for mot, nombre in siens.items() if nombre]
    perdus += [*(["sa formation"] if assistant.formation else []), *emportes(dossier, "assistants", assistant.id)]
    question = ""
    if perdus:
        question = (
            f"Supprimer {qui} ?\nSeront supprimés aussi : {enumeration(perdus)}. Pour un départ, mettez plutôt une "
            "fin à l’embauche et à l’affectation : l’histoire du poste reste."
        )
    fait = f"{qui} ne figure plus dans la liste."
    return Geste(retirer("assistants", assistant.id, f"Supprimer {qui}"), fait, soigner(question))


# Hirings


def fiche_embauche(assistant: Assistant, embauche: Embauche | None = None) -> Fiche:
    """Make the form of a hiring."""
    champs = (ROLE, HEURES, DU, AU, EMPLOYEUR)

    def enregistrer(valeurs: Valeurs) -> Geste:
        lue = _embauche(valeurs)
        return ecriture(
            liste_de(assistant, "embauches"), embauche, lue, f"l’embauche du {jour_court(lue.du)}", "L’embauche"
        )

    dernier = max(assistant.embauches, key=lambda e: e.du, default=None)
    proposes = {"employeur": dernier.employeur if dernier else "medecin"}
    return Fiche(
        f"{'Nouvelle embauche' if embauche is None else 'Embauche'} {d_un(assistant)}",
        champs,
        enregistrer,
        proposes if embauche is None else depart(champs, embauche.__dict__),
        introduction=(
            f"Un changement d’heures est une nouvelle embauche{INSECABLE}: mettez une fin à la précédente, "
            "puis ajoutez la suivante."
        ),
        prudences=_prudences_embauche,
        supprimer=None if embauche is None else supprimer_embauche(assistant, embauche),
    )


def _embauche(valeurs: Valeurs) -> Embauche:
    return Embauche(**{cle: valeurs[cle] for cle in ("du", "au", "role", "heures_hebdo", "employeur")})


def _prudences_embauche(valeurs: Valeurs) -> Sequence[str]:
    phrases = list(a_l_envers(valeurs))
    role, heures_lues = valeurs["role"], valeurs["heures_hebdo"]
    if role and heures_lues and Heures().ecrire(heures_lues) != heures_de_l_etp(ETP_DES_ROLES[role]):
        phrases.append(
            f"Un {ROLES[role]} fait {heures_de_l_etp(ETP_DES_ROLES[role])} par semaine : vos heures prévalent, et "
            "comptent pour la présence."
        )
    return phrases


def supprimer_embauche(assistant: Assistant, embauche: Embauche) -> Geste:
    """Make the change that withdraws a hiring."""
    nom = f"l’embauche du {jour_court(embauche.du)}"
    return retrait(liste_de(assistant, "embauches"), embauche, nom, "L’embauche")


# Training


def fiche_formation(assistant: Assistant) -> Fiche:
    """Make the form of the training track; there is one."""
    champs = (
        Champ(
            "voie", "Voie", Choix(options(VOIES)), requis=True,
            aide="la FAE s’adresse aux infirmiers, aides-soignants et auxiliaires de puériculture",
        ),
        Champ("inscription_le", "Inscrit le", Jour(), aide="laissez vide ce qui n’a pas encore eu lieu"),
        Champ("debut_le", "Commencée le", Jour()),
        Champ("obtention_le", "Qualification obtenue le", Jour()),
    )  # fmt: skip
    place, formation = ("assistants", assistant.id), assistant.formation

    def enregistrer(valeurs: Valeurs) -> Geste:
        verbe = "Saisir" if formation is None else "Corriger"
        operation = changer(place, {"formation": Formation(**valeurs)}, f"{verbe} la formation {d_un(assistant)}")
        return Geste(operation, "La formation est enregistrée.")

    sans = Geste(
        changer(place, {"formation": None}, f"Supprimer la formation {d_un(assistant)}"), "La formation est supprimée."
    )
    return Fiche(
        f"Formation {d_un(assistant)}",
        champs,
        enregistrer,
        {} if formation is None else depart(champs, formation.__dict__),
        supprimer=None if formation is None else sans,
    )
