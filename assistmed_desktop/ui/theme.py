"""Colours, scale and style of the window, as data that a test can measure."""

from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from assistmed_desktop.resources import chemin

Choix = Literal["clair", "sombre", "systeme"]

CORPS: Final = 1.0
LEGENDE: Final = 0.85
TITRE_CARTE: Final = 1.25
TITRE_PAGE: Final = 1.6
CHIFFRE: Final = 2.2

PAS: Final = 4
"""The grid: every margin and gap is a multiple of it, in pixels."""


@dataclass(frozen=True, slots=True)
class Couleurs:
    """One theme. ``bord`` outlines what can be edited, ``filet`` only separates."""

    nom: Literal["clair", "sombre"]
    fond: str
    surface: str
    texte: str
    secondaire: str
    accent: str
    sur_accent: str
    atteint: str
    en_bonne_voie: str
    en_retard: str
    sous_la_reference: str
    filet: str
    bord: str
    selection: str
    survol: str

    def statut(self, cle: str) -> str:
        """Give the colour of a status; those without one of their own are neutral."""
        match cle:
            case "atteint":
                return self.atteint
            case "en_bonne_voie":
                return self.en_bonne_voie
            case "en_retard":
                return self.en_retard
            case "sous_la_reference":
                return self.sous_la_reference
            case _:
                return self.secondaire


CLAIR: Final = Couleurs(
    nom="clair",
    fond="#F6F7F9",
    surface="#FFFFFF",
    texte="#1B2430",
    secondaire="#52606D",
    accent="#0A5F75",
    sur_accent="#FFFFFF",
    atteint="#1B6E3F",
    en_bonne_voie="#0B5FA5",
    en_retard="#8A4B00",
    sous_la_reference="#A8201A",
    filet="#DFE3E8",
    bord="#7C8792",
    selection="#E1EFF2",
    survol="#EEF2F4",
)
SOMBRE: Final = Couleurs(
    nom="sombre",
    fond="#14181D",
    surface="#1C2229",
    texte="#E8ECF1",
    secondaire="#A9B4C0",
    accent="#5CBACB",
    sur_accent="#0E1A1E",
    atteint="#63CB8F",
    en_bonne_voie="#74B9F2",
    en_retard="#F0B35C",
    sous_la_reference="#FF938A",
    filet="#2E3741",
    bord="#74818E",
    selection="#1D3940",
    survol="#252D36",
)


def contraste(premier: str, second: str) -> float:
    """Measure the contrast of two colours as WCAG 2 does, from 1 to 21."""
    clair, sombre = sorted((_luminance(premier), _luminance(second)), reverse=True)
    return (clair + 0.05) / (sombre + 0.05)


def _luminance(couleur: str) -> float:
    def lineaire(octet: int) -> float:
        part = octet / 255
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 - sRGB

    rouge, vert, bleu = (lineaire(int(couleur[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * rouge + 0.7152 * vert + 0.0722 * bleu


def couleurs_actuelles() -> Couleurs:
    """Give the theme now on screen."""
    application = QApplication.instance()
    nom = application.property("theme") if application else None
    return SOMBRE if nom == SOMBRE.nom else CLAIR


def couleurs_du_choix(choix: Choix) -> Couleurs:
    """Give the theme of a choice; "systeme" follows the desktop."""
    if choix == "systeme":
        return SOMBRE if QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else CLAIR
    return SOMBRE if choix == "sombre" else CLAIR


def appliquer_theme(application: QApplication, choix: Choix) -> Couleurs:
    """Dress the whole program; the title bars follow where the system allows it."""
    schemas = {"clair": Qt.ColorScheme.Light, "sombre": Qt.ColorScheme.Dark, "systeme": Qt.ColorScheme.Unknown}
    application.styleHints().setColorScheme(schemas[choix])
    couleurs = couleurs_du_choix(choix)
    application.setProperty("theme", couleurs.nom)
    application.setPalette(palette(couleurs))
    application.setStyleSheet(feuille_de_style(couleurs))
    return couleurs


def police(echelle: float, *, gras: bool = False) -> QFont:
    """Give the program's font at a scale of its size, whatever size the user has chosen."""
    fonte = QFont(QApplication.font())
    if fonte.pointSizeF() > 0:
        fonte.setPointSizeF(fonte.pointSizeF() * echelle)
    else:
        fonte.setPixelSize(round(fonte.pixelSize() * echelle))
    if gras:
        fonte.setWeight(QFont.Weight.DemiBold)
    return fonte


def palette(couleurs: Couleurs) -> QPalette:
    """Give the palette that Fusion paints with."""
    roles = {
        QPalette.ColorRole.Window: couleurs.fond,
        QPalette.ColorRole.WindowText: couleurs.texte,
        QPalette.ColorRole.Base: couleurs.surface,
        QPalette.ColorRole.AlternateBase: couleurs.fond,
        QPalette.ColorRole.Text: couleurs.texte,
        QPalette.ColorRole.Button: couleurs.surface,
        QPalette.ColorRole.ButtonText: couleurs.texte,
        QPalette.ColorRole.BrightText: couleurs.texte,
        QPalette.ColorRole.ToolTipBase: couleurs.surface,
        QPalette.ColorRole.ToolTipText: couleurs.texte,
        QPalette.ColorRole.PlaceholderText: couleurs.secondaire,
        QPalette.ColorRole.Link: couleurs.accent,
        QPalette.ColorRole.LinkVisited: couleurs.accent,
        QPalette.ColorRole.Highlight: couleurs.accent,
        QPalette.ColorRole.HighlightedText: couleurs.sur_accent,
        QPalette.ColorRole.Accent: couleurs.accent,
    }
    resultat = QPalette(QColor(couleurs.surface), QColor(couleurs.fond))
    for role, couleur in roles.items():
        resultat.setColor(role, QColor(couleur))
    eteints = (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText)
    for role in eteints:
        resultat.setColor(QPalette.ColorGroup.Disabled, role, QColor(couleurs.bord))
    return resultat


def feuille_de_style(c: Couleurs) -> str:
    """Give the style sheet: colours, hairlines and the focus ring. Fonts stay the system's."""
    chevron = chemin("icons", f"chevron-{c.nom}.svg").as_posix()
    coche = chemin("icons", f"coche-{c.nom}.svg").as_posix()
    return f"""
QToolTip {{ background: {c.surface}; color: {c.texte}; border: 1px solid {c.bord}; padding: 4px 8px; }}
QLabel {{ background: transparent; }}
QLabel[role="secondaire"] {{ color: {c.secondaire}; }}
QLabel[role="accent"] {{ color: {c.accent}; }}
QLabel[role="faute"] {{ color: {c.sous_la_reference}; }}
QLabel[role="attention"] {{ color: {c.en_retard}; }}
QLabel[role="atteint"] {{ color: {c.atteint}; }}
QLabel[role="en_bonne_voie"] {{ color: {c.en_bonne_voie}; }}
QLabel[role="en_retard"] {{ color: {c.en_retard}; }}
QLabel[role="sous_la_reference"] {{ color: {c.sous_la_reference}; }}

QFrame[carte="true"] {{ background: {c.surface}; border: 1px solid {c.filet}; border-radius: 8px; }}
QFrame[bandeau="true"] {{ background: {c.selection}; border: none; border-bottom: 1px solid {c.filet}; }}
QFrame[entete="true"] {{ background: {c.surface}; border: none; border-bottom: 1px solid {c.filet}; }}
QFrame[navigation="true"] {{ background: {c.surface}; border: none; border-right: 1px solid {c.filet}; }}
QScrollArea, QScrollArea > QWidget > QWidget[page="true"] {{ background: {c.fond}; border: none; }}

QPushButton {{
    background: {c.surface}; color: {c.texte}; border: 1px solid {c.bord}; border-radius: 6px; padding: 6px 15px;
}}
QPushButton:hover {{ background: {c.survol}; }}
QPushButton:pressed {{ background: {c.selection}; }}
QPushButton:focus {{ border: 2px solid {c.accent}; padding: 5px 14px; }}
QPushButton:disabled {{ color: {c.bord}; border-color: {c.filet}; }}
QPushButton[genre="principal"] {{ background: {c.accent}; color: {c.sur_accent}; border-color: {c.accent}; }}
QPushButton[genre="principal"]:hover {{ background: {c.texte}; border-color: {c.texte}; color: {c.surface}; }}
QPushButton[genre="principal"]:focus {{ border: 2px solid {c.texte}; }}
QPushButton[genre="principal"]:disabled {{ background: {c.filet}; color: {c.secondaire}; border-color: {c.filet}; }}
QPushButton[genre="lien"] {{
    background: transparent; color: {c.accent}; border: 2px solid transparent; padding: 2px 6px; text-align: left;
}}
QPushButton[genre="lien"]:hover {{ background: {c.selection}; }}
QPushButton[genre="lien"]:focus {{ border-color: {c.accent}; }}
QPushButton[genre="lien"]:disabled {{ color: {c.bord}; }}
QPushButton[genre="nav"] {{
    background: transparent; color: {c.texte}; border: 2px solid transparent; border-radius: 6px;
    padding: 8px 10px; text-align: left;
}}
QPushButton[genre="nav"]:hover {{ background: {c.survol}; }}
QPushButton[genre="nav"]:checked {{ background: {c.selection}; color: {c.accent}; }}
QPushButton[genre="nav"]:focus {{ border-color: {c.accent}; }}

QLineEdit, QComboBox, QPlainTextEdit, QTextBrowser[champ="true"] {{
    background: {c.surface}; color: {c.texte}; border: 1px solid {c.bord}; border-radius: 6px; padding: 5px 9px;
    selection-background-color: {c.accent}; selection-color: {c.sur_accent};
}}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus, QTextBrowser[champ="true"]:focus {{
    border: 2px solid {c.accent}; padding: 4px 8px;
}}
QLineEdit[fautif="true"] {{ border: 2px solid {c.sous_la_reference}; padding: 4px 8px; }}
QComboBox::drop-down {{ border: none; width: 28px; }}
QComboBox::down-arrow {{ image: url("{chevron}"); width: 16px; height: 16px; }}
QComboBox QAbstractItemView {{
    background: {c.surface}; color: {c.texte}; border: 1px solid {c.bord}; padding: 4px; outline: none;
    selection-background-color: {c.selection}; selection-color: {c.texte};
}}

QPlainTextEdit[fautif="true"], QComboBox[fautif="true"] {{
    border: 2px solid {c.sous_la_reference}; padding: 4px 8px;
}}
QCheckBox {{ spacing: 8px; padding: 3px 4px; border: 2px solid transparent; border-radius: 4px; }}
QCheckBox:focus {{ border-color: {c.accent}; }}
QCheckBox::indicator {{
    background: {c.surface}; border: 1px solid {c.bord}; border-radius: 3px; width: 1.2em; height: 1.2em;
}}
QCheckBox::indicator:checked {{ background: {c.accent}; border-color: {c.accent}; image: url("{coche}"); }}
QCheckBox::indicator:disabled {{ border-color: {c.filet}; }}
QScrollArea[fiche="true"], QScrollArea[fiche="true"] > QWidget > QWidget[page="true"] {{ background: {c.surface}; }}
QSlider {{ border: 2px solid transparent; border-radius: 6px; min-height: 28px; }}
QSlider:focus {{ border-color: {c.accent}; }}
QSlider::groove:horizontal {{ background: {c.filet}; height: 6px; border-radius: 3px; }}
QSlider::sub-page:horizontal {{ background: {c.accent}; height: 6px; border-radius: 3px; }}
QSlider::handle:horizontal {{
    background: {c.accent}; border: 2px solid {c.surface}; border-radius: 9px;
    width: 16px; height: 16px; margin: -7px 0;
}}
QSlider[repos="true"]::sub-page:horizontal {{ background: {c.filet}; }}
QSlider[repos="true"]::handle:horizontal {{ background: {c.bord}; }}

QTextBrowser {{ background: {c.surface}; color: {c.texte}; border: none; }}
QTextBrowser:focus {{ border: 2px solid {c.accent}; }}

QTabBar::tab {{
    background: transparent; color: {c.secondaire}; border: 2px solid transparent; border-bottom: 3px solid {c.filet};
    padding: 7px 15px;
}}
QTabBar::tab:hover {{ background: {c.survol}; }}
QTabBar::tab:selected {{ color: {c.accent}; border-bottom-color: {c.accent}; }}
QTabBar::tab:focus {{ border: 2px solid {c.accent}; border-bottom-width: 3px; border-radius: 4px; }}
QTableView {{
    background: {c.surface}; color: {c.texte}; border: 2px solid transparent; border-radius: 6px; outline: none;
    selection-background-color: {c.selection}; selection-color: {c.texte}; gridline-color: {c.filet};
}}
QListWidget {{
    background: {c.surface}; color: {c.texte}; border: 1px solid {c.filet}; border-radius: 6px; outline: none;
}}
QListWidget::item {{ padding: 5px 8px; }}
QListWidget::item:selected {{ background: {c.selection}; color: {c.texte}; }}
QListWidget:focus {{ border: 2px solid {c.accent}; }}
QTableView:focus {{ border-color: {c.accent}; }}
QTableView::item {{ padding: 4px 8px; border: none; border-bottom: 1px solid {c.filet}; }}
QTableView::item:hover {{ background: {c.survol}; }}
QTableView::item:selected {{ background: {c.selection}; color: {c.texte}; }}
QHeaderView {{ background: {c.surface}; border: none; }}
QHeaderView::section {{
    background: {c.surface}; color: {c.secondaire}; border: none; border-bottom: 1px solid {c.bord}; padding: 6px 11px;
}}

QMenuBar {{ background: {c.surface}; color: {c.texte}; border-bottom: 1px solid {c.filet}; padding: 2px 4px; }}
QMenuBar::item {{ background: transparent; padding: 4px 10px; border-radius: 4px; }}
QMenuBar::item:selected {{ background: {c.selection}; }}
QMenu {{ background: {c.surface}; color: {c.texte}; border: 1px solid {c.bord}; padding: 4px; }}
QMenu::item {{ padding: 6px 28px 6px 28px; border-radius: 4px; }}
QMenu::item:selected {{ background: {c.selection}; }}
QMenu::item:disabled {{ color: {c.bord}; }}
QMenu::separator {{ height: 1px; background: {c.filet}; margin: 4px 8px; }}
QMenu::indicator {{ width: 14px; height: 14px; left: 8px; }}

QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {c.bord}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
    background: none; border: none; width: 0; height: 0;
}}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QProgressBar {{ background: {c.filet}; border: none; border-radius: 3px; max-height: 6px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
"""
