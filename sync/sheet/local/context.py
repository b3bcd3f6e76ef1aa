"""Who asks, and where new ids come from."""

from dataclasses import dataclass
from random import SystemRandom

RANDOM = SystemRandom()


@dataclass(slots=True)
class Context:
    """Who asks; handlers of one batch share it."""

    user: str = "user@localhost"
    owner: str = "user@localhost"

    @staticmethod
    def new_id() -> int:
        """A positive id of 31 bits, as Google gives to tabs and objects."""
        return RANDOM.randrange(1, 2**31 - 1)
