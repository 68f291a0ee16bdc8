"""Aftaleloven: unreasonable agreements (`al.36`), doubt (`al.38b`), unfair terms (`al.38c`).

They are standards for a court, from which no date or amount is computed. Remaining payments on breach
(`law.acceleration`) are our own conclusion from mandatory rules, given as a note too.
"""

from subsim.basics.texts import Message
from subsim.membership.agreement import Note


def notes() -> list[Note]:
    """The notes for every agreement with a consumer."""
    return [
        Note("al.36", Message("an agreement that it would be unreasonable to hold someone to may be set aside")),
        Note("al.38b", Message("a term that can be read in two ways is read for the consumer: the profile member")),
        Note("al.38c", Message("a term of significant imbalance to the consumer's harm may be set aside")),
        Note(
            "law.acceleration",
            Message("who breaks the agreement owes nothing beyond the statutory end: our conclusion, not computed"),
        ),
    ]
