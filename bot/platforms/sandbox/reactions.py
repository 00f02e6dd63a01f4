"""The emoji that Telegram lets anybody react with."""

_WRITTEN = """
👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡
🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿
🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡
"""
FREE = frozenset(_WRITTEN.split())


def known_reaction(emoji: str) -> str | None:
    """Return the emoji as Telegram writes it (without variation selectors), or None if it is no reaction."""
    plain = emoji.replace("\ufe0f", "")
    return plain if plain in FREE else None
