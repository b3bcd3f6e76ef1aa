"""How the sample's numbers move: a pace, and a noise that is the same on every machine and every day. Pure."""

from datetime import date
from hashlib import blake2b

from sheet_templates.sample.calendar import PlanYear

# A coffee shop's year: orders of a month beside the mean of all. December is for presents, August for the beach.
SEASON = (0.9, 0.9, 0.95, 1.0, 1.0, 0.9, 0.75, 0.7, 1.0, 1.1, 1.3, 1.6)


def noise(name: str, index: int) -> float:
    """A number in [-1, 1) that depends on nothing but the series' name and the reading's place in it."""
    digest = blake2b(f"{name}:{index}".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") / 2**31 - 1


def level(name: str, year: PlanYear, on: date, span: tuple[float, float], pace: float, wobble: float) -> float:
    """A reading on the way from span[0] to span[1]: on the straight line at pace 1; `wobble` is in its unit."""
    baseline, target = span
    index = (on - year.start).days // 7
    return baseline + pace * (target - baseline) * year.share(on) + wobble * noise(name, index)


def flow(name: str, index: int, mean: float, spread: float) -> float:
    """One period's sum around its mean; `spread` is a share of it."""
    return mean * (1 + spread * noise(name, index))


def season(on: date) -> float:
    """How strong the week that ends on a day usually is, 1 on average."""
    return SEASON[on.month - 1]
