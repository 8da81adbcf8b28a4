"""The reports issued, as rows of a list and in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final

from assistmed_desktop.formats import INSECABLE, compte, jour_court, jour_long
from assistmed_desktop.services.comparaison_rapports import SITUATION, Comparaison
from assistmed_desktop.services.rapports import CHIFFRES_EMPREINTE, Demande, Moyen, RapportEmis, genre_de
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.table import Column

MOYENS: Final[dict[Moyen, str]] = {"enregistre": "enregistré en PDF", "imprime": "imprimé"}


@dataclass(frozen=True)
class Row:
    """A report issued; ``empreintes`` are those by which its data is as it was, None while they are not known yet."""

    emis: RapportEmis
    empreintes: frozenset[str] | None

    @property
    def donnees(self) -> str:
        """What has become of the data, in a word."""
        if self.empreintes is None:
            return ""
        if not self.empreintes:
            return "contrat retiré"
        return "inchangées" if self.emis.empreinte in self.empreintes else "changées"


def heure(instant: datetime, entre: str = " à ") -> str:
    """Write ``15/11/2026 à 14:02``, in the time of this computer."""
    ici = instant.astimezone()
    return f"{jour_court(ici.date())}{entre}{ici:%H:%M}"


COLONNES: Final[tuple[Column[Row], ...]] = (
    Column("Émis le", lambda r: heure(r.emis.emis_le, "  "), lambda r: r.emis.cle),
    Column("Contrat", lambda r: r.emis.sujet, lambda r: r.emis.sujet),
    Column("Données", lambda r: r.donnees, lambda r: r.donnees, complet="Données du rapport depuis"),
    Column("Rapport", lambda r: genre_de(r.emis.genre).nom, lambda r: r.emis.genre),
    Column("Au", lambda r: jour_court(r.emis.au), lambda r: r.emis.au, complet="Situation au"),
    Column("Sortie", lambda r: MOYENS[r.emis.moyen], lambda r: r.emis.moyen),
    Column(
        "Empreinte",
        lambda r: r.emis.empreinte[:CHIFFRES_EMPREINTE],
        lambda r: r.emis.empreinte,
        complet="Empreinte des données",
    ),
    Column("Fichier", lambda r: r.emis.nom, lambda r: r.emis.nom),
)


def titre(emis: RapportEmis) -> str:
    """Write ``Bilan annuel – Dr Claire Lambert, au 15 novembre 2026``."""
    return f"{genre_de(emis.genre).nom} – {emis.sujet}, au {jour_long(emis.au)}"


def suite(row: Row) -> str:
    """Say whether the report would still be the same."""
    if not row.emis.garde:
        return "Trop volumineux pour être gardé ici : retrouvez-le là où vous l’avez enregistré.".replace(
            " :", f"{INSECABLE}:"
        )
    return {
        "": "",
        "inchangées": "Les données de ce rapport n’ont pas changé depuis.",
        "changées": f"Ses données ont changé depuis{INSECABLE}: refait à sa date, il ne dirait plus la même chose.",
        "contrat retiré": f"Son contrat a été retiré du cabinet depuis{INSECABLE}: il ne peut plus être refait.",
    }[row.donnees]


def detail_html(row: Row) -> str:
    """Write all that is kept of a report, and what its fingerprints are for."""
    emis = row.emis
    faits = (
        ("Rapport", f"{genre_de(emis.genre).nom}, situation au {jour_long(emis.au)}"),
        ("Contrat", emis.sujet),
        ("Émis le", f"{heure(emis.emis_le)}, {MOYENS[emis.moyen]}"),
        ("Nom de fichier proposé", emis.nom),
        ("Programme", f"AssistMed Desktop {emis.version}"),
        ("Empreinte des données", emis.empreinte),
        ("Empreinte du fichier", emis.empreinte_fichier),
    )
    lignes = "".join(f"<p>{escape(nom)}{INSECABLE}:<br><b>{escape(texte, quote=False)}</b></p>" for nom, texte in faits)
    return (
        f"{lignes}<p>{escape(suite(row), quote=False)}</p><h4>À quoi sert une empreinte</h4>"
        "<p>L’empreinte des données (SHA-256) résume ce dont le rapport est fait, et qu’il porte en pièce jointe"
        f"{INSECABLE}: son contrat, au jour du rapport. Ses {CHIFFRES_EMPREINTE} premiers signes sont imprimés au bas "
        "de chaque page. Un seul de ces chiffres corrigé la change entièrement.</p>"
        "<p>L’empreinte du fichier prouve qu’un PDF est bien celui qui a été émis, sans un octet de différence.</p>"
    )


def comme_autre(emis: RapportEmis) -> str:
    """Name a report that another may be compared to: ``Au bilan annuel au 15/11/2026, émis le 16/11/2026 à 9:05``."""
    return (
        f"À celui émis le {heure(emis.emis_le)}{INSECABLE}: {genre_de(emis.genre).nom.lower()} au {jour_court(emis.au)}"
    )


@dataclass(frozen=True)
class Comparing:
    """Two reports and what has changed from the older to the newer; None when one carries no data."""

    before: str
    after: str
    found: Comparaison | None

    @property
    def sentence(self) -> str:
        """Say in a sentence what there is to see."""
        found = self.found
        if found is None:
            return (
                "L’un de ces rapports ne porte pas ses données en pièce jointe, comme ceux des premières versions "
                f"d’AssistMed{INSECABLE}: il se relit, mais ne se compare pas."
            )
        figures = sum(ecart.quoi != SITUATION for ecart in found.chiffres)
        if not figures and not found.faits:
            return "Rien n’a changé dans les données de ce contrat, ni dans ce qu’elles donnent."
        accorde = "ont changé" if figures > 1 else "a changé"
        return f"{compte(figures, 'chiffre')} {accorde}." if figures else "Aucun chiffre n’a changé."

    def as_text(self) -> str:
        """Write it all for the clipboard, the figures as a spreadsheet takes them."""
        lines = [f"Avant{INSECABLE}: {self.before}", f"Après{INSECABLE}: {self.after}", self.sentence]
        if self.found is not None:
            lines += ["Chiffre\tAvant\tAprès"]
            lines += [soigner(f"{e.quoi}\t{e.avant}\t{e.apres}") for e in self.found.chiffres]
            lines += [soigner(fait) for fait in self.found.faits]
        return "\n".join(lines) + "\n"

    def as_html(self) -> str:
        """Write it all for the screen."""
        html = "".join(
            f"<p>{nom}{INSECABLE}: <b>{_texte(rapport)}</b></p>"
            for nom, rapport in (("Avant", self.before), ("Après", self.after))
        )
        html += f"<p>{_texte(self.sentence)}</p>"
        if self.found is None:
            return html
        rows = "".join(
            f"<tr><td>{_texte(e.quoi)}</td><td>{_texte(e.avant)}</td><td><b>{_texte(e.apres)}</b></td></tr>"
            for e in self.found.chiffres
        )
        if rows:
            heads = "".join(f"<th align='left'>{nom}</th>" for nom in ("Chiffre", "Avant", "Après"))
            html += f"<h4>Les chiffres</h4><table width='100%' cellpadding='5'><tr>{heads}</tr>{rows}</table>"
        facts = "".join(f"<li>{_texte(fait)}</li>" for fait in self.found.faits)
        return html + (f"<h4>Saisi, corrigé, retiré ou signalé</h4><ul>{facts}</ul>" if facts else "")


def comparing(before: RapportEmis | Demande, after: RapportEmis | Demande, found: Comparaison | None) -> Comparing:
    """Name two reports that were compared."""
    return Comparing(_nomme(before), _nomme(after), found)


def _nomme(rapport: RapportEmis | Demande) -> str:
    nom = f"{genre_de(rapport.genre).nom} au {jour_court(rapport.au)}"
    if isinstance(rapport, RapportEmis):
        return f"{nom}, émis le {heure(rapport.emis_le)}"
    return f"{nom}, refait avec les données d’aujourd’hui"


def _texte(texte: str) -> str:
    return escape(soigner(texte), quote=False)
