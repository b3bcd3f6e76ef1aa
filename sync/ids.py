"""New KPI ids: short, free of look-alikes, and the same in capitals and small letters, as sheets compare them."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 6  # 30^6 is 729 million: two rows of one workbook will not meet


def new_id() -> str:
    """A key such as K-7F3QX2."""
    return "K-" + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
