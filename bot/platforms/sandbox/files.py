"""Files: the bytes that people and bots post, kept beside the journal or in memory."""

import mimetypes
import secrets
from pathlib import Path

from bot.platforms.sandbox.store import Json, Store

_FOLDERS = {
    "photo": "photos",
    "video": "videos",
    "animation": "animations",
    "video_note": "video_notes",
    "voice": "voice",
    "audio": "music",
    "sticker": "stickers",
}


class Files:
    """Files by id; a record tells name, type, size and path, the content lies apart."""

    def __init__(self, store: Store, folder: Path | None) -> None:
        self._store = store
        self._folder = folder
        self._memory: dict[str, bytes] = {}

    def keep(
        self, content: bytes, *, name: str, mime: str, kind: str, size: int | None = None, details: Json | None = None
    ) -> Json:
        """Keep the bytes under a new id and return their record; `size` is told instead of their number."""
        file_id = f"sandbox{secrets.token_hex(16)}"
        ending = Path(name).suffix or mimetypes.guess_extension(mime) or ".bin"
        path = f"{_FOLDERS.get(kind, 'documents')}/{file_id}{ending if ending.isascii() else '.bin'}"
        self._write(file_id, content)
        record: Json = {"file_id": file_id, "size": len(content) if size is None else size, "path": path}
        record |= {"name": name, "mime": mime, "kind": kind, "details": details or {}}
        self._store.put("files", file_id, record)
        return record

    def record(self, file_id: str) -> Json | None:
        """The record of a file, or None."""
        found: Json | None = self._store.table("files").get(file_id)
        return found

    def at(self, path: str) -> Json | None:
        """The record of the file that getFile names so, or None."""
        return self.record(Path(path).stem)

    def content(self, record: Json) -> bytes:
        """The bytes of a file."""
        file_id: str = record["file_id"]
        return self._memory[file_id] if self._folder is None else (self._folder / file_id).read_bytes()

    def _write(self, file_id: str, content: bytes) -> None:
        if self._folder is None:
            self._memory[file_id] = content
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / file_id).write_bytes(content)
