"""The three things that a person asks for: see the demonstration, start the program, check it."""

import errno
import os
import subprocess

from preparation import console
from preparation.console import Stop, say
from preparation.environment import Environment, Need, checkout
from preparation.system import ensure_libraries

USAGE = """\
Usage : python3 packaging/bootstrap.py COMMANDE [OPTIONS]

  demo   prépare le programme, puis montre un cabinet de démonstration
  run    prépare le programme, puis l’ouvre ; les OPTIONS lui sont transmises
  test   prépare le programme et les outils, puis fait toutes les vérifications"""

DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


def main(arguments: list[str]) -> int:
    """Do what is asked; every foreseeable failure ends with one plain sentence."""
    console.prepare_streams()
    try:
        return _dispatch(arguments)
    except Stop as stop:
        say(str(stop))
    except KeyboardInterrupt:
        say("Interrompu.")
        return INTERRUPTED
    except OSError as error:
        say(_sentence(error))
    return FAILED


def _dispatch(arguments: list[str]) -> int:
    match arguments:
        case ["demo", *_]:
            code = start(arguments)
        case ["run", *options]:
            code = start(options)
        case ["test"]:
            code = check()
        case ["test", *options]:
            say(f"La commande test ne prend pas d’option : « {' '.join(options)} » est en trop.")
            code = WRONG_USAGE
        case ["-h" | "--help" | "aide", *_]:
            say(USAGE)
            code = DONE
        case _:
            say(f"La commande « {arguments[0]} » n’existe pas." if arguments else "Il manque une commande.")
            say("\n" + USAGE)
            code = WRONG_USAGE
    return code


def start(arguments: list[str]) -> int:
    """Prepare what the program needs, and become it."""
    environment = Environment(checkout())
    environment.ensure(Need.RUN)
    demonstration = arguments[:1] == ["demo"]
    window = not arguments or (demonstration and "--sans-fenetre" not in arguments)
    if window and not ensure_libraries(window=True):
        if not demonstration:
            message = "La fenêtre ne peut pas s’ouvrir sans ces bibliothèques système."
            raise Stop(message)
        say("La démonstration continue sans fenêtre.")
        arguments = [*arguments, "--sans-fenetre"]
    program = str(environment.program("assistmed"))
    if os.name == "posix":
        os.execv(program, [program, *arguments])  # noqa: S606 (our own program, without a shell)
    return subprocess.run([program, *arguments], check=False).returncode


def check() -> int:
    """Prepare the program and the tools, then run every check."""
    environment = Environment(checkout())
    environment.ensure(Need.CHECK)
    if not ensure_libraries(window=False):
        message = "Les tests ne peuvent pas tourner sans ces bibliothèques système."
        raise Stop(message)
    from preparation.checks import run_checks

    failed = run_checks(environment)
    if failed:
        say("En échec : " + ", ".join(failed) + ".")
        return FAILED
    say("Toutes les vérifications ont réussi.")
    return DONE


def _sentence(error: OSError) -> str:
    """Say in French why the system refused."""
    place = f" ({error.filename})" if error.filename else ""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"Le disque est plein{place} : libérez 2 Go, puis recommencez."
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return (
            f"Les droits manquent pour écrire ici{place} : relancez avec le compte auquel le dossier appartient, "
            "et fermez le programme s’il est ouvert."
        )
    return f"Le système a refusé une opération{place} : {error.strerror or error}."
