"""Two reports compared, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from assistmed_desktop.formats import INSECABLE, compte, jour_court
from assistmed_desktop.services.comparaison_rapports import SITUATION, Comparaison
from assistmed_desktop.services.rapports import RapportEmis, genre_de
from assistmed_desktop.ui.typography import soigner

if TYPE_CHECKING:
    from assistmed_desktop.services.rapports import Demande


def heure(instant: datetime, entre: str = " à ") -> str:
    """Write ``15/11/2026 à 14:02``, in the time of this computer."""
    ici = instant.astimezone()
    return f"{jour_court(ici.date())}{entre}{ici:%H:%M}"


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
