"""The reports issued, as rows of a list and in words."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Final

from assistmed_desktop.formats import INSECABLE, jour_court, jour_long
from assistmed_desktop.services.rapports import CHIFFRES_EMPREINTE, Moyen, RapportEmis, genre_de
from assistmed_desktop.ui.report_comparing import heure
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


COLONNES: Final[tuple[Column[Row], ...]] = (
    Column("Émis le", lambda r: heure(r.emis.emis_le, "  "), lambda r: r.emis.cle),
    Column("Rapport", lambda r: genre_de(r.emis.genre).nom, lambda r: genre_de(r.emis.genre).nom),
    Column("Contrat", lambda r: r.emis.sujet, lambda r: r.emis.sujet),
    Column("Données", lambda r: r.donnees, lambda r: r.donnees, complet="Données du rapport depuis"),
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
    """Write ``Bilan annuel – Dr Claire Lambert, au 15/11/2026``."""
    return f"{genre_de(emis.genre).nom} – {emis.sujet}, au {jour_court(emis.au)}"


def suite(row: Row) -> str:
    """Say whether the report would still be the same."""
    if not row.emis.garde:
        return "Trop volumineux pour être gardé ici : retrouvez-le là où vous l’avez enregistré.".replace(
            " :", f"{INSECABLE}:"
        )
    return {
        "": "",
        "inchangées": "Ses données n’ont pas changé depuis.",
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
