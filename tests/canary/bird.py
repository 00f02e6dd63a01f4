"""A canary: a telephone and an identity number that nobody else has, in the spellings in which people write them."""

from dataclasses import dataclass

from storage.domain.private_numbers import plain_digits

_FULL = {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}
_CHINESE = str.maketrans("0123456789", "零一二三四五六七八九")
_SPOKEN = str.maketrans("0123456789", "〇幺二三四五六七八九")
_SEPARATORS = " -._()/\n\t"


@dataclass(frozen=True)
class Bird:
    """The canary of one path; `secret` is a word of its own, for what is confidential."""

    number: int

    @property
    def phone(self) -> str:
        """Eleven digits."""
        return f"139{self.number:04d}{(self.number * 7919) % 9000 + 1000}"

    @property
    def identity(self) -> str:
        """Eighteen characters."""
        return f"37098219{60 + self.number % 30}0{1 + self.number % 9}15{self.number:03d}X"

    @property
    def name(self) -> str:
        """The account's name."""
        return f"卡娜丽{self.number}号"

    @property
    def secret(self) -> str:
        """A word that only a confidential appeal has."""
        return f"金丝雀{self.number}密"

    @property
    def spellings(self) -> list[str]:
        """The numbers as people write them."""
        phone, identity = self.phone, self.identity
        first, middle, last = phone[:3], phone[3:7], phone[7:]
        return [
            phone,
            f"{first}-{middle}-{last}",
            f"{first} {middle} {last}",
            f"+86 {phone}",
            f"86-{first}{middle}{last}",
            phone.translate(_FULL),
            f"{first.translate(_FULL)}-{middle.translate(_FULL)}-{last.translate(_FULL)}",
            phone.translate(_CHINESE),
            phone.translate(_SPOKEN),
            " ".join(phone),
            f"{first}\u200b{middle}\u200b{last}",
            identity,
            f"{identity[:6]} {identity[6:14]} {identity[14:]}",
            identity.translate(_FULL),
        ]

    @property
    def song(self) -> str:
        """All of them, one a line."""
        return "\n".join(f"号码{each}。" for each in self.spellings)

    def heard_in(self, text: str, *, kept: bool = False) -> list[str]:
        """Return what of it stands in a text, however it is spelt; with `kept`, the secret word counts too."""
        plain = "".join(each for each in plain_digits(text) if each not in _SEPARATORS)
        found = [number for number in (self.phone, self.identity[:-1]) if number in plain]
        found += [self.name] if self.name in text else []
        return found + ([self.secret] if kept and self.secret in text else [])
