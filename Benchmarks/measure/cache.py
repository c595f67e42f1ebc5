"""Results of long runs on disk, so that an interrupted benchmark goes on where it was."""

import hashlib
import json
import os
from pathlib import Path


def folder():
    """Where results of this user are kept."""
    if "LSTMG_CACHE" in os.environ:
        return Path(os.environ["LSTMG_CACHE"]) / "hardware"
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "lstmg-hdl" / "hardware"


def digest_of_files(paths):
    """One hash over names and contents of files."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        data = path.read_bytes()
        digest.update(f"{path.name} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()


class ResultCache:
    """JSON values by everything that decides about them."""

    def __init__(self, where=None):
        self._folder = where or folder()
        self._folder.mkdir(parents=True, exist_ok=True)

    def find(self, *key):
        """The stored value, or None."""
        try:
            return json.loads(self._path(key).read_text())["value"]
        except (FileNotFoundError, ValueError):
            return None

    def store(self, value, *key):
        path = self._path(key)
        partial = path.with_suffix(f".{os.getpid()}.partial")
        partial.write_text(json.dumps({"key": key, "value": value}, indent=1))
        partial.replace(path)

    def _path(self, key):
        text = json.dumps(key)
        return self._folder / (hashlib.sha256(text.encode()).hexdigest()[:32] + ".json")
