"""Small files to send: pictures of one colour, silence, and a film that a browser really plays."""

import base64
import io
import struct
import wave
import zlib

from playwright.async_api import Page

_FILM = """async () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 160, height: 160 });
  const brush = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: "video/webm" });
  const recorded = new Promise((resolve) => { recorder.ondataavailable = (event) => resolve(event.data); });
  recorder.start();
  for (let frame = 0; frame < 8; frame += 1) {
    await new Promise(requestAnimationFrame);
    brush.fillStyle = `hsl(${190 + frame * 8} 60% 45%)`;
    brush.fillRect(0, 0, 160, 160);
  }
  recorder.stop();
  const bytes = new Uint8Array(await (await recorded).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}"""


def coloured(red: int, green: int, blue: int, *, width: int = 160, height: int = 120) -> bytes:
    """Return a PNG of one colour."""
    rows = (b"\x00" + bytes((red, green, blue)) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )


def silence(seconds: int) -> bytes:
    """Return a WAV in which nobody says anything."""
    kept = io.BytesIO()
    with wave.open(kept, "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(1)
        recording.setframerate(8000)
        recording.writeframes(b"\x80" * 8000 * seconds)
    return kept.getvalue()


async def filmed(page: Page) -> bytes:
    """Let the browser of `page` record a short WebM of its own."""
    return base64.b64decode(await page.evaluate(_FILM))
