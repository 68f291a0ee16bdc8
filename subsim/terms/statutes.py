"""The catalogue of the law: the statutory provisions beside the contract, each with its dates, its standing, our
confidence in it, and its sources.

No sentence of a law is quoted: headings and paraphrases are ours. The sources are numbered as in `docs/law.md`.
"""

from collections.abc import Collection
from functools import lru_cache
from typing import Literal

from subsim.basics.dates import Day
from subsim.basics.languages import Code
from subsim.basics.texts import Message
from subsim.basics.values import frozen
from subsim.terms.terms import Numbers

Standing = Literal["mandatory", "guidance", "derived"]
Confidence = Literal["S", "A", "m"]
By = Literal["sign-up", "event", "due date", "line"]

STANDINGS: dict[Standing, Message] = {
    "mandatory": Message("mandatory"),
    "guidance": Message("guidance"),
    "derived": Message("our conclusion"),
}
"""A rule that no contract can change; an opinion of an authority or board; our own conclusion from mandatory rules."""
CONFIDENCES: tuple[Confidence, ...] = ("S", "A", "m")
"""Statute text seen; an authority, board, court summary or commentary seen; from memory. The last is the weakest."""

SOURCES_OF = Day(2026, 11, 27)
"""The day on which the sources were read."""


@frozen(kw_only=True)
class Statute:
    """A statute or order, by its English and its Danish name."""

    en: str
    da: str

    def short(self, code: Code) -> str:
        """The name within a sentence, without its number."""
        name = (self.da if code == "da" else self.en).partition(" (")[0]
        return name[:1].lower() + name[1:] if code == "da" else f"the {name[:1].lower()}{name[1:]}"


STATUTES: dict[str, Statute] = {
    "fal": Statute(en="Consumer contracts act (act 1457/2013)", da="Forbrugeraftaleloven (lov 1457/2013)"),
    "tele": Statute(
        en="Telecoms end-user orders (715/2011, 1887/2020)", da="Udbudsbekendtgørelserne (715/2011, 1887/2020)"
    ),
    "al": Statute(en="Contracts act (193/2016)", da="Aftaleloven (193/2016)"),
    "law": Statute(en="Conclusion from mandatory rules", da="Slutning fra ufravigelige regler"),
    "rl": Statute(en="Late payment act (459/2014)", da="Renteloven (459/2014)"),
    "bfl": Statute(en="Bookkeeping act (700/2022)", da="Bogføringsloven (700/2022)"),
}
"""The statutes by the first word of their provisions' ids."""


@frozen(kw_only=True)
class Provision:
    """A rule of law in our own words, in force in `[starts, until)`, judged by the date of `by`.

    `confidence` has the letter of every source, `sources` their numbers, `touches` the clauses of the contract that it
    bears on. `computed` says whether any date or amount comes of it here; of the others there is a note.
    """

    id: str
    heading: str
    heading_en: str
    en: str
    da: str
    starts: Day
    until: Day | None = None
    by: By
    standing: Standing
    confidence: tuple[Confidence, ...]
    sources: tuple[str, ...]
    touches: tuple[str, ...] = ()
    computed: bool

    def text(self, code: Code, _numbers: Numbers) -> Message:
        """The paraphrase in a language; it has none of the numbers of the terms."""
        paraphrase = self.da if code == "da" else self.en
        return Message(paraphrase)

    @property
    def statute(self) -> Statute:
        """The statute that it belongs to."""
        return STATUTES[self.id.split(".")[0]]

    @property
    def weakest(self) -> Confidence:
        """The weakest of its letters."""
        return weakest(self.confidence)

    def in_force(self, day: Day) -> bool:
        """Whether it is in force on a day."""
        return self.starts <= day and (self.until is None or day < self.until)


def weakest(letters: tuple[Confidence, ...]) -> Confidence:
    """The weakest of these letters."""
    return max(letters, key=CONFIDENCES.index)


_ACT_OF_2013 = Day(2014, 6, 13)
"""From here on agreements are under the consumer contracts act of 2013."""
_TELE_2011, _TELE_2020 = Day(2011, 6, 23), Day(2020, 12, 21)

PROVISIONS: dict[str, Provision] = {
    each.id: each
    for each in (
        Provision(
            id="fal.4",
            heading="Uanmodede opkald",
            heading_en="Cold calls",
            en=(
                "A trader may not call a consumer unasked in order to sell. Who was called so is not bound by what "
                "was agreed, but may become so by waiting too long; no date is known for that."
            ),
            da=(
                "En erhvervsdrivende må ikke ringe uopfordret til en forbruger for at sælge. Den, der er blevet ringet "
                "op, er ikke bundet af aftalen, men kan blive det ved at vente for længe; hvor længe vides ikke."
            ),
            starts=_ACT_OF_2013,
            by="sign-up",
            standing="mandatory",
            confidence=("A",),
            sources=("12", "13"),
            computed=True,
        ),
        Provision(
            id="fal.18",
            heading="Hvem der kan fortryde",
            heading_en="Who may withdraw",
            en=(
                "Who agreed at a distance, online or by phone, may withdraw. The right cannot be waived, and the use "
                "of a running service does not end it. A film or the like bought singly loses it at the start only "
                "with consent, acknowledgement and a confirmation of both."
            ),
            da=(
                "Den, der har indgået aftalen på nettet eller i telefonen, kan fortryde. Retten kan ikke fraskrives, "
                "og at man bruger en løbende tjeneste, ophæver den ikke. For en film eller lignende, der købes "
                "enkeltvis, bortfalder den ved start, kun med samtykke, accept af tabet og bekræftelse af begge dele."
            ),
            starts=_ACT_OF_2013,
            by="sign-up",
            standing="mandatory",
            confidence=("S", "A"),
            sources=("4", "4b", "5c"),
            touches=("fortrydelse.1", "fortrydelse.2", "fortrydelse.3"),
            computed=True,
        ),
        Provision(
            id="fal.19",
            heading="Fortrydelsesfristen",
            heading_en="The withdrawal period",
            en=(
                "The member has 14 days from the day after the agreement, but not before being told of the right on a "
                "durable medium, and at most 12 months more. A last day on a weekend, a public holiday, 5 June, 24 or "
                "31 December moves to the next working day. What counts is when the withdrawal is sent."
            ),
            da=(
                "Fristen er 14 dage fra dagen efter aftalen, men løber først, når man har fået oplyst retten på et "
                "varigt medium, dog højst 12 måneder længere. Falder den sidste dag i en weekend, på en helligdag, "
                "5. juni, 24. eller 31. december, flyttes den til næste hverdag. Afgørende er, hvornår man sender."
            ),
            starts=_ACT_OF_2013,
            by="sign-up",
            standing="mandatory",
            confidence=("S", "A"),
            sources=("4c", "5", "5b"),
            touches=("fortrydelse.1",),
            computed=True,
        ),
        Provision(
            id="fal.20",
            heading="Hvordan man fortryder",
            heading_en="How to withdraw",
            en="Any clear statement will do; an e-mail cannot be demanded.",
            da="Enhver klar meddelelse er nok; der kan ikke kræves en e-mail.",
            starts=_ACT_OF_2013,
            by="sign-up",
            standing="mandatory",
            confidence=("S", "A"),
            sources=("5",),
            touches=("fortrydelse.3",),
            computed=True,
        ),
        Provision(
            id="fal.20a",
            heading="Fortrydelsesfunktion",
            heading_en="Withdrawal function",
            en=(
                "Where the agreement was made on a website or in an app, a function there must let the member withdraw "
                "through the whole period, and answer with a receipt on a durable medium."
            ),
            da=(
                "Er aftalen indgået på en hjemmeside eller i en app, skal der i hele fristen være en funktion samme "
                "sted til at fortryde, og man skal have en kvittering på et varigt medium."
            ),
            starts=Day(2026, 6, 19),
            by="sign-up",
            standing="mandatory",
            confidence=("A",),
            sources=("10", "10b"),
            touches=("fortrydelse.3",),
            computed=False,
        ),
        Provision(
            id="fal.22",
            heading="Tilbagebetaling, når man fortryder",
            heading_en="Refund on withdrawal",
            en=(
                "Everything received comes back by the same means of payment, at the latest 14 days after the operator "
                "got the withdrawal."
            ),
            da=("Alt, hvad der er betalt, skal tilbage samme vej, senest 14 dage efter at virksomheden fik beskeden."),
            starts=_ACT_OF_2013,
            by="sign-up",
            standing="mandatory",
            confidence=("S", "A"),
            sources=("4", "5d"),
            touches=("fortrydelse.1",),
            computed=True,
        ),
        Provision(
            id="fal.25",
            heading="Betaling for brugte dage",
            heading_en="Paying for used days",
            en=(
                "The part for the days used may be kept only if the member expressly asked for the start within the "
                "period and had been told of the right and of this payment; otherwise nothing is owed. The part is by "
                "time, of the agreed price."
            ),
            da=(
                "Der kan kun kræves betaling for de brugte dage, hvis man udtrykkeligt har bedt om at begynde inden "
                "for fristen og havde fået oplyst både retten og betalingen; ellers skyldes intet. Beløbet regnes "
                "efter tid af den aftalte pris."
            ),
            starts=_ACT_OF_2013,
            by="sign-up",
            standing="mandatory",
            confidence=("S", "A"),
            sources=("4", "5c", "15"),
            touches=("fortrydelse.1", "fortrydelse.2"),
            computed=True,
        ),
        Provision(
            id="fal.18.trial",
            heading="Fortrydelse efter en prøveperiode",
            heading_en="Withdrawal after a trial",
            en=(
                "There is one right to withdraw, from the sign-up; a second one after the free time only if the price "
                "after it was not told clearly and expressly."
            ),
            da=(
                "Der er én fortrydelsesret, fra tilmeldingen; en ny efter den gratis tid kun, hvis prisen derefter "
                "ikke var oplyst klart og udtrykkeligt."
            ),
            starts=_ACT_OF_2013,
            by="sign-up",
            standing="mandatory",
            confidence=("A",),
            sources=("16",),
            touches=("proevetilbud.2",),
            computed=True,
        ),
        Provision(
            id="fal.28",
            heading="Opsigelse af løbende tjenester",
            heading_en="Notice on running services",
            en=(
                "Once five months have passed since the agreement the member may leave with one month's notice to the "
                "end of a calendar month. It yields where notice is regulated elsewhere, as for telecoms."
            ),
            da=(
                "Når der er gået fem måneder fra aftalen, kan man sige op med en måneds varsel til udgangen af en "
                "kalendermåned. Reglen viger, hvor varslet er reguleret andetsteds, som for tele."
            ),
            starts=_ACT_OF_2013,
            by="event",
            standing="mandatory",
            confidence=("S", "A"),
            sources=("1", "1a", "8", "14"),
            touches=("betaling.5", "opsigelse.1a", "opsigelse.2", "opsigelse.2d"),
            computed=True,
        ),
        Provision(
            id="fal.28a",
            heading="Samme vej ud som ind",
            heading_en="The same way out as in",
            en=(
                "The member may give notice on the medium or platform on which the agreement was made, and a demand as "
                "to form needs a good reason. No date changes."
            ),
            da=(
                "Man kan sige op på det medium eller den platform, hvor aftalen blev indgået, og krav til formen "
                "skal have en god grund. Ingen dato ændres."
            ),
            starts=Day(2022, 5, 28),
            by="event",
            standing="mandatory",
            confidence=("A",),
            sources=("2", "2b", "8"),
            touches=("opsigelse.1a",),
            computed=False,
        ),
        Provision(
            id="fal.29",
            heading="Penge for tiden efter ophøret",
            heading_en="Money for the time after the end",
            en="What was paid for the time after the end by notice is paid back at once.",
            da="Det, der er betalt for tiden efter ophøret, skal betales tilbage straks.",
            starts=_ACT_OF_2013,
            by="event",
            standing="mandatory",
            confidence=("S",),
            sources=("1", "13b"),
            touches=("priser.2", "opsigelse.3"),
            computed=True,
        ),
        Provision(
            id="tele.7",
            heading="Binding og varsel for tele",
            heading_en="Binding and notice for telecoms",
            en=(
                "The member is bound for at most six months from the agreement; after five months at most one month's "
                "notice can be asked for. Prepaid time after the end comes back."
            ),
            da=(
                "Man er højst bundet seks måneder fra aftalen; efter fem måneder kan der højst kræves en måneds "
                "varsel. Forudbetalt tid efter ophøret skal betales tilbage."
            ),
            starts=_TELE_2011,
            by="event",
            standing="mandatory",
            confidence=("A", "m"),
            sources=("7", "19", "20", "21", "22", "23"),
            touches=("betaling.5", "opsigelse.1a", "opsigelse.2", "opsigelse.2d", "priser.2", "opsigelse.3"),
            computed=True,
        ),
        Provision(
            id="tele.10",
            heading="Pakker med internet",
            heading_en="Bundles with internet access",
            en="If access to the internet is part of a bundle, the rules on notice and changes cover all of it.",
            da="Er adgang til internettet en del af en pakke, gælder reglerne om varsel og ændringer hele pakken.",
            starts=_TELE_2020,
            by="event",
            standing="mandatory",
            confidence=("A", "m"),
            sources=("7",),
            touches=("betaling.5", "opsigelse.1a", "opsigelse.2d"),
            computed=True,
        ),
        Provision(
            id="tele.6",
            heading="Varsling af ændringer for tele",
            heading_en="Changes announced for telecoms",
            en=(
                "A change is told to each member at least a month before, and the member may then leave without cost, "
                "bound or not."
            ),
            da=(
                "En ændring skal varsles personligt mindst en måned før, og man kan da gå uden omkostninger, også i "
                "bindingen."
            ),
            starts=_TELE_2020,
            by="event",
            standing="mandatory",
            confidence=("A", "m"),
            sources=("7", "24", "25"),
            touches=(
                "prisaendringer.1",
                "prisaendringer.2",
                "proevetilbud.3",
                "proevetilbud.4",
                "proevetilbud.5",
                "aendringer.1",
                "aendringer.3",
                "opsigelse.2a",
                "opsigelse.2b",
                "opsigelse.2c",
            ),
            computed=False,
        ),
        Provision(
            id="tele.arrears",
            heading="Lukning ved restance",
            heading_en="Closing for arrears",
            en=(
                "Only the service that is not paid for may be closed, fraud and repeated late payment apart, and it is "
                "reopened on payment. No number of days was found."
            ),
            da=(
                "Kun den tjeneste, der ikke er betalt, må lukkes, bortset fra svig og gentagen sen betaling, og den "
                "åbnes igen ved betaling. Et antal dage er ikke fundet."
            ),
            starts=_TELE_2011,
            by="event",
            standing="guidance",
            confidence=("A",),
            sources=("29",),
            touches=("betaling.3", "betaling.4", "annullering.1", "annullering.2c"),
            computed=False,
        ),
        Provision(
            id="tele.complaint",
            heading="Klage over en regning",
            heading_en="A disputed bill",
            en=(
                "While a complaint about a bill is handled, and for four weeks after a decision against the member, "
                "the amount is not collected and the service not closed for it."
            ),
            da=(
                "Mens en klage over en regning behandles, og i fire uger efter et afslag, må beløbet ikke inddrives og "
                "tjenesten ikke lukkes på grund af det."
            ),
            starts=_TELE_2011,
            by="event",
            standing="mandatory",
            confidence=("A",),
            sources=("7", "30"),
            touches=("betaling.4", "annullering.2c"),
            computed=False,
        ),
        Provision(
            id="al.36",
            heading="Urimelige aftaler",
            heading_en="Unreasonable agreements",
            en="An agreement that it would be unreasonable to hold someone to may be set aside in whole or in part.",
            da="En aftale, som det ville være urimeligt at holde nogen fast på, kan tilsidesættes helt eller delvis.",
            starts=Day(1995, 1, 1),
            by="sign-up",
            standing="mandatory",
            confidence=("S",),
            sources=("11",),
            computed=False,
        ),
        Provision(
            id="al.38b",
            heading="Tvivl kommer forbrugeren til gode",
            heading_en="Doubt favours the consumer",
            en="A term that can be read in two ways is read for the consumer; the profile `member` does so.",
            da="Et vilkår, der kan læses på to måder, læses til fordel for forbrugeren; det gør profilen `member`.",
            starts=Day(1995, 1, 1),
            by="sign-up",
            standing="mandatory",
            confidence=("S",),
            sources=("11",),
            computed=False,
        ),
        Provision(
            id="al.38c",
            heading="Urimelige vilkår",
            heading_en="Unfair terms",
            en=(
                "A term of significant imbalance to the consumer's harm may be set aside. For changes the ombudsman "
                "asks for clear reasons and limits, individual notice in reasonable time and a way out beforehand."
            ),
            da=(
                "Et vilkår, der giver en betydelig skævhed til skade for forbrugeren, kan tilsidesættes. Ved ændringer "
                "beder ombudsmanden om klare grunde og grænser, personligt varsel i rimelig tid og en vej ud inden."
            ),
            starts=Day(1995, 1, 1),
            by="sign-up",
            standing="mandatory",
            confidence=("S",),
            sources=("11", "26", "27", "28"),
            touches=(
                "prisaendringer.1",
                "aendringer.1",
                "annullering.1",
                "annullering.2a",
                "annullering.2b",
                "annullering.2c",
                "opsigelse.3",
            ),
            computed=False,
        ),
        Provision(
            id="law.acceleration",
            heading="Restbetaling ved misligholdelse",
            heading_en="Remaining payments on breach",
            en="Who breaks the agreement cannot owe more than who leaves it: nothing beyond the statutory end.",
            da="Den, der misligholder aftalen, kan ikke skylde mere end den, der går: intet efter lovens ophør.",
            starts=_ACT_OF_2013,
            by="event",
            standing="derived",
            confidence=("m",),
            sources=(),
            touches=("annullering.2a", "annullering.2b", "annullering.2c"),
            computed=False,
        ),
        Provision(
            id="rl.3",
            heading="Fra hvornår der løber rente",
            heading_en="From when interest runs",
            en="Interest runs from a due date that was fixed beforehand, else from 30 days after the demand.",
            da="Renten løber fra en forfaldsdag, der var aftalt på forhånd, ellers fra 30 dage efter påkravet.",
            starts=Day(2013, 3, 1),
            by="due date",
            standing="mandatory",
            confidence=("S",),
            sources=("32",),
            touches=("betaling.2",),
            computed=True,
        ),
        Provision(
            id="rl.5",
            heading="Rentens størrelse",
            heading_en="The rate of interest",
            en="The rate is the reference rate of the half-year and 8 percentage points a year.",
            da="Renten er referencesatsen for halvåret plus 8 procentpoint om året.",
            starts=Day(2013, 3, 1),
            by="due date",
            standing="mandatory",
            confidence=("S",),
            sources=("31",),
            touches=("betaling.2",),
            computed=True,
        ),
        Provision(
            id="rl.9a",
            heading="Omkostninger ved inddrivelse",
            heading_en="Costs of collection",
            en="Reasonable costs of collection may be claimed; the fixed compensation is for traders only.",
            da=(
                "Rimelige omkostninger ved inddrivelse kan kræves; den faste kompensation gælder kun mellem "
                "erhvervsdrivende."
            ),
            starts=Day(2002, 8, 1),
            by="event",
            standing="mandatory",
            confidence=("S", "A"),
            sources=("36", "37"),
            computed=False,
        ),
        Provision(
            id="rl.9b",
            heading="Rykkergebyr",
            heading_en="Reminder fee",
            en=(
                "A reminder with reasonable cause may cost at most 100.00 kr., at most three times for one unbroken "
                "time of arrears, and at least 10 days apart."
            ),
            da=(
                "En rykker med rimelig grund må højst koste 100,00 kr., højst tre gange i samme ubrudte restance og "
                "med mindst 10 dages mellemrum."
            ),
            starts=Day(2002, 8, 1),
            by="event",
            standing="mandatory",
            confidence=("S", "A"),
            sources=("33", "34", "35"),
            computed=True,
        ),
        Provision(
            id="bfl.12",
            heading="Opbevaring af regnskab",
            heading_en="Keeping accounts",
            en="Accounts are kept for five years from the end of the financial year.",
            da="Regnskabsmateriale opbevares i fem år fra regnskabsårets udløb.",
            starts=Day(2022, 7, 1),
            by="line",
            standing="mandatory",
            confidence=("S",),
            sources=("38",),
            touches=("persondata.opbevaring.3",),
            computed=True,
        ),
    )
}
"""Every provision by its id, in the order of the index."""


def in_order(ids: Collection[str]) -> tuple[str, ...]:
    """These provisions in the order of the index."""
    return _in_order(frozenset(ids))


@lru_cache(maxsize=256)
def _in_order(ids: frozenset[str]) -> tuple[str, ...]:
    return tuple(id for id in PROVISIONS if id in ids)
