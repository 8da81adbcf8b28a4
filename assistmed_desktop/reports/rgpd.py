"""The two papers that the RGPD asks of a practice: the entry of its register (article 30), the notice to assistants.

The texts say what this program does and no more; what only the practice knows is left to be completed by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from reportlab.platypus import Flowable

from assistmed_desktop import __version__
from assistmed_desktop.domain.cabinet import Cabinet
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.formats import INSECABLE, jour_court, jour_long, nom_de_fichier
from assistmed_desktop.reports.blocs import CoteACote, Filet, Pile, Texte, Vide, ensemble
from assistmed_desktop.reports.ecriture import francais
from assistmed_desktop.reports.gabarit import Courant, imprimer
from assistmed_desktop.reports.style import (
    CORPS,
    ETIQUETTE,
    GOUTTIERE,
    IDENTITE,
    LARGEUR,
    PAS,
    PETIT,
    REPERE,
    SOUS_TITRE,
    SURTITRE,
    TITRE,
)

_NOMS: Final = 20 * PAS
_A_COMPLETER: Final = "à compléter par le cabinet : ............................................................"
_PROGRAMME: Final = f"AssistMed Desktop {__version__}"
_MOIS_PAR_AN: Final = 12
_RAPPORTS: Final = (
    "les rapports sur le contrat et les données qu'ils portent en pièce jointe (sans numéro professionnel, note ni "
    "coût)"
)
_DONNEES_D_UN_ASSISTANT: Final = (
    "nom et prénom, profil avant l'embauche, embauches, heures et employeur, formation, jours d'absence (congés payés "
    "ou non, remplacés ou non) sans leur motif, affectations, tâches confiées, temps libéré pour le médecin et, s'il "
    "est saisi, coût mensuel du poste"
)

Rubrique = tuple[str, Sequence[str]]


def documents_rgpd(dossier: Dossier, au: date, mois: int | None) -> dict[str, bytes]:
    """Write both papers, by file name. ``mois`` is how long a contract's records are kept after its last payment."""
    suffixe = nom_de_fichier(dossier.cabinet.nom)
    return {
        f"Registre RGPD – {suffixe}.pdf": registre(dossier, au, mois),
        f"Notice aux assistants – {suffixe}.pdf": notice(dossier, au, mois),
    }


def registre(dossier: Dossier, au: date, mois: int | None) -> bytes:
    """Write the entry of the register of processing activities (RGPD, article 30)."""
    cabinet = dossier.cabinet
    rubriques: Sequence[Rubrique] = (
        (
            "Responsable du traitement",
            (_responsable(cabinet), f"Téléphone, courriel, responsables conjoints : {_A_COMPLETER}"),
        ),
        ("Délégué à la protection des données", (f"S'il y en a un, {_A_COMPLETER}",)),
        (
            "Finalités",
            (
                _phrase(
                    "Suivre les contrats d'aide à l'emploi d'assistants médicaux signés avec l'assurance maladie :",
                    "objectifs, aide due et reçue, échéances, présence et formation des assistants.",
                ),
                "Préparer les rapports remis à la caisse et en justifier.",
            ),
        ),
        (
            "Base légale",
            (
                f"Médecins : exécution du contrat d'aide dont ils sont parties ({_article('b')}).",
                _phrase(
                    "Assistants, utilisateurs : intérêt légitime du cabinet à suivre ce contrat, à en justifier et à",
                    f"savoir qui a modifié quoi ({_article('f')}).",
                ),
            ),
        ),
        (
            "Personnes concernées",
            (
                _phrase(
                    f"Les médecins du cabinet ({len(dossier.medecins)}), ses assistants médicaux présents et passés",
                    f"({len(dossier.assistants)}), ceux qui saisissent. Aucun patient : leurs effectifs seuls sont",
                    "comptés, sans nom ni numéro.",
                ),
            ),
        ),
        (
            "Données des médecins",
            (
                _phrase(
                    "Nom, prénom, numéros RPPS et d'assurance maladie, spécialité, secteur, installation ; contrats,",
                    "avenants et versements ; effectifs de patients, mouvements, actes et jours travaillés par mois.",
                ),
            ),
        ),
        (
            "Données des assistants",
            (
                f"{_DONNEES_D_UN_ASSISTANT[0].upper()}{_DONNEES_D_UN_ASSISTANT[1:]}.",
                "Ni numéro de sécurité sociale, ni adresse, ni donnée de santé : n'en écrivez pas dans les notes.",
            ),
        ),
        (
            "Journal des saisies",
            ("Compte de l'utilisateur de l'ordinateur, nom du poste, date et nature de chaque modification.",),
        ),
        (
            "Destinataires",
            (
                "Les médecins et gestionnaires du cabinet qui ont accès à l'ordinateur.",
                f"{cabinet.cpam or 'La CPAM'}, quand le cabinet les lui remet : {_RAPPORTS}.",
            ),
        ),
        (
            "Transferts hors de l'Union européenne",
            ("Aucun. Le programme n'ouvre aucune connexion : les données restent sur l'ordinateur du cabinet.",),
        ),
        ("Durées de conservation", _durees(mois)),
        (
            "Mesures de sécurité",
            (
                _phrase(
                    "Fichier réservé au compte de l'utilisateur ; phrase de passe et chiffrement, si le cabinet les",
                    "active ; sauvegardes vérifiées ; journal enchaîné, qui révèle une altération.",
                ),
                f"Chiffrement du disque, verrouillage de session, lieu des copies : {_A_COMPLETER}",
            ),
        ),
    )
    return _imprimer(
        cabinet,
        au,
        "REGISTRE DES ACTIVITÉS DE TRAITEMENT",
        "Suivi des contrats d’aide à l’emploi d’assistants médicaux",
        "Fiche établie au titre de l'article 30 du règlement (UE) 2016/679 (RGPD). Relisez-la, complétez-la et "
        "joignez-la au registre du cabinet.",
        rubriques,
        [],
    )


def notice(dossier: Dossier, au: date, mois: int | None) -> bytes:
    """Write the notice that an assistant is given (RGPD, articles 13 and 14)."""
    cabinet = dossier.cabinet
    rubriques: Sequence[Rubrique] = (
        (
            "Qui en est responsable",
            (
                _responsable(cabinet),
                f"Votre interlocuteur, et le délégué à la protection des données s'il y en a un, {_A_COMPLETER}",
            ),
        ),
        (
            "Pourquoi",
            (
                _phrase(
                    "Une partie de votre emploi est financée par un contrat d'aide signé avec l'assurance maladie. Le",
                    "cabinet tient vos heures, votre présence, votre formation et vos tâches pour suivre ce contrat et",
                    "en justifier. Sans elles, il ne pourrait pas prouver que l'aide est due.",
                ),
            ),
        ),
        (
            "Sur quelle base",
            (f"L'intérêt légitime du cabinet à suivre ce contrat et à en justifier ({_article('f')} du RGPD).",),
        ),
        (
            "Quelles données",
            (
                f"Vos {_DONNEES_D_UN_ASSISTANT}. Ni numéro de sécurité sociale, ni adresse, ni donnée de santé.",
                "Elles viennent de vous et du cabinet.",
            ),
        ),
        (
            "Qui les voit",
            (
                "Les médecins et gestionnaires du cabinet qui ont accès à l'ordinateur.",
                _phrase(
                    f"La caisse ({cabinet.cpam or 'CPAM'}), à qui le cabinet remet {_RAPPORTS} et, si elle les",
                    "demande, les pièces qui prouvent votre emploi et votre formation.",
                ),
            ),
        ),
        (
            "Où elles sont",
            (
                _phrase(
                    "Sur l'ordinateur du cabinet et ses sauvegardes. Le programme qui les tient n'ouvre aucune",
                    "connexion ; rien n'est transmis hors de l'Union européenne. Aucune décision qui vous concerne",
                    "n'est prise par une machine seule.",
                ),
            ),
        ),
        ("Combien de temps", _durees(mois)[1:]),
        (
            "Vos droits",
            (
                _phrase(
                    "Voir vos données et en recevoir une copie, les faire rectifier ou effacer, en faire limiter",
                    "l'usage, vous y opposer pour une raison qui tient à votre situation, dire ce qu'elles deviendront",
                    "après votre décès. Le cabinet peut refuser d'effacer ce qu'il doit encore prouver, et vous dit",
                    f"alors jusqu'à quand. Il répond dans le mois. Écrivez à {_responsable(cabinet)}.",
                ),
                _phrase(
                    "Si la réponse ne vous convient pas, vous pouvez saisir la CNIL : 3 place de Fontenoy, TSA 80715,",
                    "75334\u00a0Paris Cedex 07, ou www.cnil.fr.",
                ),
            ),
        ),
    )
    remise = [
        Filet(3 * PAS, 2 * PAS),
        Texte(francais("Remise à l'assistant : nom, date et signature"), PETIT),
        Vide(8 * PAS),
    ]
    return _imprimer(
        cabinet,
        au,
        "INFORMATION DES ASSISTANTS MÉDICAUX",
        "Ce que le cabinet sait de vous, et pourquoi",
        "Notice remise au titre des articles 13 et 14 du règlement (UE) 2016/679 (RGPD).",
        rubriques,
        remise,
    )


def _phrase(*morceaux: str) -> str:
    return " ".join(morceaux)


def _article(lettre: str) -> str:
    """Cite one of the six bases of the RGPD."""
    return f"article\u00a06,\u00a01,\u00a0{lettre}"


def _responsable(cabinet: Cabinet) -> str:
    return ", ".join(partie for partie in (cabinet.nom, _adresse(cabinet)) if partie)


def _adresse(cabinet: Cabinet) -> str:
    lieu = " ".join(partie for partie in (cabinet.code_postal, cabinet.commune) if partie)
    return ", ".join(partie for partie in (cabinet.adresse.replace("\n", ", "), lieu) if partie)


def _durees(mois: int | None) -> tuple[str, ...]:
    """Say how long: first the contracts, then the assistants."""
    if mois is None:
        combien = "aussi longtemps que le contrat d'aide l'exige"
    elif mois % _MOIS_PAR_AN:
        combien = f"{mois} mois après le dernier versement de l'aide"
    else:
        annees = mois // _MOIS_PAR_AN
        combien = f"{annees} an{'s' if annees > 1 else ''} après le dernier versement de l'aide"
    return (
        f"Contrats, versements et effectifs : {combien}, et au moins autant après la fin du contrat.",
        (
            f"Données d'un assistant : le temps de son emploi, puis, pour les contrats qu'il a servis, {combien}. "
            "Elles sont alors effacées, ou son nom est remplacé."
        ),
        "La paie, le registre du personnel et le dossier du salarié sont tenus ailleurs, pour leurs propres durées.",
    )


def _imprimer(  # noqa: PLR0913, PLR0917 - the parts of a paper
    cabinet: Cabinet,
    au: date,
    surtitre: str,
    titre: str,
    introduction: str,
    rubriques: Sequence[Rubrique],
    suite: list[Flowable],
) -> bytes:
    histoire: list[Flowable] = [
        CoteACote([Texte(surtitre, SURTITRE), Texte(f"au {jour_long(au)}".replace("au ", f"au{INSECABLE}"), REPERE)]),
        Texte(titre, TITRE, equilibre=True, signet=0),
        Vide(PAS),
        Texte(cabinet.nom, IDENTITE),
        Texte(francais(introduction), PETIT),
        Filet(2 * PAS, 2 * PAS),
    ]
    largeurs = (_NOMS, LARGEUR - _NOMS - GOUTTIERE)
    for nom, phrases in rubriques:
        texte = Pile([Texte(francais(phrase), CORPS) for phrase in phrases], entre=0.4 * PAS)
        histoire += ensemble(CoteACote([Texte(francais(nom), _ETIQUETTE, signet=1), texte], largeurs), Vide(1.2 * PAS))
    histoire += suite
    courant = Courant(
        titre=f"{surtitre.capitalize()} – {cabinet.nom}",
        auteur=cabinet.nom,
        sujet=titre,
        programme=_PROGRAMME,
        tete_gauche=f"{surtitre.capitalize()} · {cabinet.nom}",
        tete_droite=f"au {jour_court(au)}",
        pied=f"{_PROGRAMME} · établi le {jour_court(au)} · à relire par le cabinet",
    )
    return imprimer(courant, histoire)


_ETIQUETTE: Final = replace(ETIQUETTE, police=SOUS_TITRE.police, couleur=SOUS_TITRE.couleur, genre="H2")
