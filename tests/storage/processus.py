"""Writes to a base, one reading after the other, and says on its output which are saved. Run as a process."""

import sys
from itertools import count
from pathlib import Path

from assistmed_desktop.domain.dossier import lire_dossier
from assistmed_desktop.services.operations import ajouter_releve, remplacer_dossier, supprimer_releve
from assistmed_desktop.services.workspace import Workspace
from assistmed_desktop.storage.depot import DepotSqlite

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from tests.services.outils import EXEMPLE, HorlogeReglee


def main() -> None:
    """Write until killed: each line of the output is the count of the last reading saved."""
    depot = DepotSqlite.ouvrir(Path(sys.argv[1]), HorlogeReglee(), creer=True)
    workspace = Workspace(depot, HorlogeReglee())
    if workspace.dossier is None:
        workspace.appliquer(remplacer_dossier(lire_dossier(EXEMPLE.read_bytes()), "Importer"))
    dossier = workspace.dossier
    if dossier is None:
        raise SystemExit(1)
    dernier = dossier.releves[-1]
    for numero in count((dernier.patientele_mt or 0) + 1):
        workspace.appliquer(ajouter_releve(dernier.model_copy(update={"patientele_mt": numero})))
        workspace.appliquer(supprimer_releve(0))
        sys.stdout.write(f"{numero}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
