"""Where the models are that were trained here: a folder each under the var folder, and which of them is used.

The bot's own process asks here: nothing of the classifier is imported.
"""

import os
import shutil
from pathlib import Path
from typing import Final

_CURRENT: Final = "current"
_MAKING: Final = ".making-"


def home(var: Path) -> Path:
    """Return the folder of all of them."""
    return var / "models"


def folder_of(var: Path, version: str) -> Path:
    """Return the folder of a version."""
    return home(var) / version


def current(var: Path) -> str:
    """Return the version in use; empty: the model that came first, also where the version's folder is gone."""
    try:
        version = (home(var) / _CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
    return version if version and folder_of(var, version).is_dir() else ""


def switch(var: Path, version: str) -> None:
    """Use this version from the next start on; a kill at any moment leaves the old one or the new one."""
    home(var).mkdir(parents=True, exist_ok=True)
    written = home(var) / f".{_CURRENT}-{os.getpid()}"
    with written.open("w", encoding="utf-8") as file:
        file.write(version + "\n")
        file.flush()
        os.fsync(file.fileno())
    written.replace(home(var) / _CURRENT)


def making(var: Path, version: str) -> Path:
    """Return an empty place for a model that is being kept; `finish` gives it its name."""
    folder = home(var) / f"{_MAKING}{version}"
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def finish(var: Path, version: str) -> None:
    """Let the folder of a version appear, whole."""
    (home(var) / f"{_MAKING}{version}").rename(folder_of(var, version))


def forget_unfinished(var: Path) -> None:
    """Remove what trainings that were killed have left."""
    for folder in home(var).glob(f"{_MAKING}*"):
        shutil.rmtree(folder, ignore_errors=True)
