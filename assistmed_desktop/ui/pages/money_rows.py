"""The rows of the money of a contract: its years, the amounts notified, and what all of it would bring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assistmed_desktop.formats import INSECABLE, euros, jour_court, periode
from assistmed_desktop.rules.argent import LIBELLES_SCENARIO
from assistmed_desktop.ui.names import nom_contrat
from assistmed_desktop.ui.pages.money_columns import INCONNU, SANS_OBJET, amount, day, par_montant, variance
from assistmed_desktop.ui.pages.payment_rows import looked_at
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.table import Column

if TYPE_CHECKING:
    from assistmed_desktop.domain.suivi import Notification
    from assistmed_desktop.rules.analyse import Analyse
    from assistmed_desktop.rules.argent import AnneeArgent, Argent, Scenario
    from assistmed_desktop.ui.desk import State

RIEN: Final = "rien de saisi"
_DU: Final = "Dû à ce jour, d’après les versements saisis"
_RECU: Final = "Reçu à ce jour"
_ECART: Final = "Écart entre le reçu et le dû à ce jour"
_RESTE: Final = "Reste à venir, au plus"


@dataclass(frozen=True)
class YearRow:
    """A contract year."""

    contrat: str
    qui: str
    annee: AnneeArgent

    @property
    def montant(self) -> str:
        """What the year brings."""
        base = self.annee.base
        if base is None or self.annee.montant_base is None:
            return "aucun" if self.annee.apres_la_fin else "non publié"
        mot = {"notifie": "", "fixe": "", "maximum": f"{INSECABLE}au{INSECABLE}plus"}[base]
        return euros(self.annee.montant_base) + mot

    @property
    def origine(self) -> str:
        """Where that amount comes from."""
        annee = self.annee
        if annee.apres_la_fin:
            return "le contrat est fini"
        if annee.notifie_le is not None:
            return f"notifié le{INSECABLE}{jour_court(annee.notifie_le)}"
        if annee.coupee:
            return "le contrat finit dans l’année"
        return "reportez le chiffre de votre contrat" if annee.montant_max is None else "barème"

    def a_ce_jour(self, montant: int | None) -> int | None:
        """Give an amount of the day, which a year to come has not yet."""
        return montant if self.annee.commencee else None

    def sinon(self, mot: str) -> str:
        """Say what stands for an amount of the day that is not there."""
        return mot if self.annee.commencee and not self.annee.apres_la_fin else SANS_OBJET


YEAR_COLUMNS: Final[tuple[Column[YearRow], ...]] = (
    Column("Contrat", lambda r: r.qui, lambda r: r.qui),
    Column("Année", lambda r: f"Année{INSECABLE}{r.annee.annee}", lambda r: (r.annee.annee, r.qui)),
    Column("Période", lambda r: periode(r.annee.du, r.annee.au), lambda r: r.annee.du),
    Column("Montant", lambda r: r.montant, lambda r: par_montant(r.annee.montant_base), droite=True),
    Column("D’où il vient", lambda r: r.origine, lambda r: r.origine),
    amount("Dû", lambda r: r.a_ce_jour(r.annee.du_le_jour), _DU, lambda r: r.sinon(INCONNU)),
    amount("Reçu", lambda r: r.a_ce_jour(r.annee.recu), _RECU, lambda r: r.sinon(RIEN)),
    variance(lambda r: r.annee.ecart_du, _ECART),
    amount("Reste à venir", lambda r: r.annee.reste, _RESTE, lambda r: SANS_OBJET if r.annee.apres_la_fin else INCONNU),
)


def year_rows(state: State) -> list[YearRow]:
    """List the years of the contracts looked at, as far as they are analysed."""
    return [
        YearRow(contrat.id, nom_contrat(state.dossier, contrat.contrat), annee)
        for contrat in looked_at(state)
        if (analyse := state.analyses.get(contrat.id)) is not None
        for annee in analyse.argent.annees
    ]


@dataclass(frozen=True)
class NotifiedRow:
    """An amount that the CPAM has notified."""

    qui: str
    notification: Notification


NOTIFIED_COLUMNS: Final[tuple[Column[NotifiedRow], ...]] = (
    Column("Contrat", lambda r: r.qui, lambda r: r.qui),
    Column(
        "Année", lambda r: f"Année{INSECABLE}{r.notification.annee_contrat}", lambda r: r.notification.annee_contrat
    ),
    amount("Montant", lambda r: r.notification.montant, "Montant notifié"),
    day("Notifié le", lambda r: r.notification.notifie_le),
    Column("Référence", lambda r: r.notification.reference, lambda r: r.notification.reference),
)


def notified_rows(state: State) -> list[NotifiedRow]:
    """List the amounts notified for the contracts looked at."""
    noms = {c.id: nom_contrat(state.dossier, c.contrat) for c in looked_at(state)}
    return [NotifiedRow(noms[n.contrat], n) for n in state.dossier.notifications if n.contrat in noms]


@dataclass(frozen=True)
class ScenarioRow:
    """What a contract would bring over all its years, and what would remain for the doctor."""

    scenario: Scenario
    argent: Argent

    @property
    def nom(self) -> str:
        """What is supposed."""
        return LIBELLES_SCENARIO[self.scenario.cle]

    @property
    def reste(self) -> str:
        """What would remain for the doctor."""
        reste = next((r for r in self.argent.restes_a_charge if r.cle == self.scenario.cle), None)
        if reste is None:
            return INCONNU
        return {"exact": "", "au_moins": "au moins ", "au_plus": "au plus "}[reste.borne] + euros(reste.montant)


SCENARIO_COLUMNS: Final[tuple[Column[ScenarioRow], ...]] = (
    Column("Si…", lambda r: r.nom, lambda r: r.nom),
    Column("Aide totale", lambda r: r.scenario.phrase, lambda r: par_montant(r.scenario.total), droite=True),
    Column(
        "Reste à charge",
        lambda r: r.reste,
        lambda r: r.reste,
        droite=True,
        complet="Coût de l’assistant moins l’aide, à la fin du contrat",
    ),
    Column("Ce qui est supposé", lambda r: soigner(r.scenario.hypothese), lambda r: r.scenario.hypothese),
)


@dataclass(frozen=True)
class ContractRow:
    """The money of a contract, among others."""

    contrat: str
    qui: str
    argent: Argent | None

    @property
    def ecart(self) -> int | None:
        """Received less due by the day, over the years that tell both."""
        return ecart(self.argent)

    @property
    def remarques(self) -> str:
        """What there is to check."""
        return "" if self.argent is None else " ".join(soigner(a.message) for a in self.argent.avertissements)


def ecart(argent: Argent | None) -> int | None:
    """Give received less due by the day, over the years that tell both; None when none does."""
    ecarts = [] if argent is None else [annee.ecart_du for annee in argent.annees if annee.ecart_du is not None]
    return sum(ecarts) if ecarts else None


def _total(montant: Callable[[Argent], int | None]) -> Callable[[ContractRow], int | None]:
    return lambda row: None if row.argent is None else montant(row.argent)


CONTRACT_COLUMNS: Final[tuple[Column[ContractRow], ...]] = (
    Column("Contrat", lambda r: r.qui, lambda r: r.qui),
    amount("Dû", _total(lambda argent: argent.du_le_jour), _DU),
    amount("Reçu", _total(lambda argent: argent.recu), _RECU, RIEN),
    variance(lambda r: r.ecart, _ECART),
    amount("Reste à venir", _total(lambda argent: argent.reste), _RESTE),
    Column("À vérifier", lambda r: r.remarques or "rien", lambda r: r.remarques),
)


def contract_rows(state: State) -> list[ContractRow]:
    """List the contracts, each with its money once it is analysed."""
    return [
        ContractRow(c.id, nom_contrat(state.dossier, c.contrat), _argent(state.analyses.get(c.id)))
        for c in state.evaluation.contrats
    ]


def _argent(analyse: Analyse | None) -> Argent | None:
    return None if analyse is None else analyse.argent
