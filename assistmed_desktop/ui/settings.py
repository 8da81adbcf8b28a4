"""What the window remembers from one day to the next: its place, its theme, the last contract."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSettings

from assistmed_desktop.ui.theme import Choix

_CHOIX: Final[tuple[Choix, ...]] = ("clair", "sombre", "systeme")
_RECENTS: Final = 8
LOCK_AFTER: Final = (5, 15, 30, 0)


class Settings:
    """Preferences in an INI file of the user's configuration folder. Nothing of the practice is in it."""

    def __init__(self, fichier: Path) -> None:
        self._ini = QSettings(str(fichier), QSettings.Format.IniFormat)

    @property
    def theme(self) -> Choix:
        """The theme chosen; that of the system at first."""
        lu = self._ini.value("affichage/theme", "systeme")
        return next((choix for choix in _CHOIX if choix == lu), "systeme")

    @theme.setter
    def theme(self, choix: Choix) -> None:
        self._ini.setValue("affichage/theme", choix)

    @property
    def geometry(self) -> QByteArray:
        """The place and size of the window; empty at first."""
        lu = self._ini.value("fenetre/geometrie", QByteArray())
        return lu if isinstance(lu, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometrie: QByteArray) -> None:
        self._ini.setValue("fenetre/geometrie", geometrie)

    @property
    def folder(self) -> str:
        """The folder of the last file chosen; empty at first."""
        return str(self._ini.value("fichiers/dossier", ""))

    @folder.setter
    def folder(self, dossier: str) -> None:
        self._ini.setValue("fichiers/dossier", dossier)

    @property
    def recents(self) -> tuple[Path, ...]:
        """The practices opened lately, the last one first."""
        lus = str(self._ini.value("fichiers/recents", ""))
        return tuple(Path(ligne) for ligne in lus.splitlines() if ligne)

    def add_recent(self, base: Path) -> None:
        """Remember that a practice was opened."""
        ici = base.absolute()
        tous = (ici, *(autre for autre in self.recents if autre != ici))
        self._ini.setValue("fichiers/recents", "\n".join(map(str, tous[:_RECENTS])))

    def forget_recent(self, base: Path) -> None:
        """Forget one practice."""
        autres = [autre for autre in self.recents if autre != base.absolute()]
        self._ini.setValue("fichiers/recents", "\n".join(map(str, autres)))

    def forget_recents(self) -> None:
        """Forget every practice opened lately."""
        self._ini.remove("fichiers/recents")

    def first_steps_closed(self, base: Path) -> bool:
        """Say whether the user no longer wants to be reminded of the first steps of a practice."""
        return str(self._ini.value(f"mise_en_route/{_cle(str(base.absolute()))}", "")) == "fermee"

    def close_first_steps(self, base: Path) -> None:
        """Remember that the user does not want to be reminded of the first steps of a practice."""
        self._ini.setValue(f"mise_en_route/{_cle(str(base.absolute()))}", "fermee")

    def second_folder(self, base: Path) -> Path | None:
        """Give the second place for the copies of a practice; None when none was chosen."""
        lu = str(self._ini.value(f"second_dossier/{_cle(str(base.absolute()))}", ""))
        return Path(lu) if lu else None

    def set_second_folder(self, base: Path, dossier: Path | None) -> None:
        """Remember the second place for the copies of a practice."""
        self._ini.setValue(f"second_dossier/{_cle(str(base.absolute()))}", str(dossier or ""))
        self.set_second_copy(base, "")

    def second_copy(self, base: Path) -> str:
        """Say when the last copy was made in the second place, as it is shown; empty before the first."""
        return str(self._ini.value(f"seconde_copie/{_cle(str(base.absolute()))}", ""))

    def set_second_copy(self, base: Path, le: str) -> None:
        """Remember when the last copy was made in the second place."""
        self._ini.setValue(f"seconde_copie/{_cle(str(base.absolute()))}", le)

    def failed_copy(self, base: Path) -> str:
        """Say why the copy at the last closing of a practice could not be made; empty when it was."""
        return str(self._ini.value(f"copie_manquee/{_cle(str(base.absolute()))}", ""))

    def set_failed_copy(self, base: Path, raison: str) -> None:
        """Remember why a copy could not be made, to say it at the next opening."""
        self._ini.setValue(f"copie_manquee/{_cle(str(base.absolute()))}", raison)

    def phrase_kept(self, base: Path) -> bool:
        """Say whether the phrase of a practice was put in the system's keyring."""
        return str(self._ini.value(f"trousseau/{_cle(str(base.absolute()))}", "")) == "oui"

    def set_phrase_kept(self, base: Path, *, kept: bool) -> None:
        """Remember whether the phrase of a practice is in the system's keyring."""
        self._ini.setValue(f"trousseau/{_cle(str(base.absolute()))}", "oui" if kept else "")

    @property
    def lock_after(self) -> int:
        """After how many idle minutes a protected practice is locked; 0 is never."""
        lu = str(self._ini.value("verrouillage/minutes", LOCK_AFTER[1]))
        return next((minutes for minutes in LOCK_AFTER if str(minutes) == lu), LOCK_AFTER[1])

    @lock_after.setter
    def lock_after(self, minutes: int) -> None:
        self._ini.setValue("verrouillage/minutes", minutes)

    def contrat(self, base: Path) -> str:
        """Give the contract last shown of a practice; empty for all of them."""
        return str(self._ini.value(f"contrats/{_cle(str(base.absolute()))}", ""))

    def set_contrat(self, base: Path, contrat: str) -> None:
        """Remember the contract shown of a practice."""
        self._ini.setValue(f"contrats/{_cle(str(base.absolute()))}", contrat)

    def columns(self, table: str) -> QByteArray:
        """Give the widths of the columns of a table, as Qt keeps them; empty at first."""
        lu = self._ini.value(f"largeurs/{_cle(table)}", QByteArray())
        return lu if isinstance(lu, QByteArray) else QByteArray()

    def set_columns(self, table: str, state: QByteArray) -> None:
        """Remember the widths of the columns of a table."""
        self._ini.setValue(f"largeurs/{_cle(table)}", state)

    @property
    def crash_log(self) -> Path:
        """Where errors that nobody foresaw are noted: beside the preferences."""
        return Path(self._ini.fileName()).with_name("erreurs.txt")

    def save(self) -> None:
        """Write the file now."""
        self._ini.sync()


def _cle(nom: str) -> str:
    return "".join(lettre if lettre.isalnum() else "_" for lettre in nom)
