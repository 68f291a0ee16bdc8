"""The catalogue of clauses: ids, headings, our own paraphrase in English and Danish, and where each is
modelled or why not.

It is laid out as the terms are, heading by heading; the contract's own text is not in it.
"""

from collections.abc import Iterable
from functools import partial
from itertools import chain

from subsim.basics.languages import Code
from subsim.basics.texts import Message
from subsim.basics.values import frozen
from subsim.terms.statutes import PROVISIONS, Provision
from subsim.terms.terms import Numbers, number_words


@frozen(kw_only=True)
class Clause:
    """One paragraph of the terms of 2019-10-30, told in our own words; modelled, or left out for a reason.

    `heading` is the Danish heading as printed; `en` and `da` are paraphrases, never the terms' wording, and take the
    numbers of the terms from those in force: `{price-exit-days}` is filled in with `3 days`, see `number_words`;
    `modelled` names modules, `left_out` says why not in English and in Danish: exactly one of the two is set.
    """

    id: str
    heading: str
    heading_en: str
    en: str
    da: str
    modelled: tuple[str, ...] = ()
    left_out: tuple[str, str] | None = None

    def text(self, code: Code, numbers: Numbers) -> Message:
        """The paraphrase in a language, with the numbers that are in force."""
        paraphrase = self.da if code == "da" else self.en
        return Message(paraphrase, **number_words(numbers))


def clause(id: str) -> Clause | Provision:
    """The clause or the provision of that id; a KeyError names the nearest one where some id is near."""
    if id in PROVISIONS:
        return PROVISIONS[id]
    if id not in CLAUSES:
        from difflib import get_close_matches  # wanted only for a clause that there is not

        near = get_close_matches(id, CLAUSES, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise KeyError(f"no clause is called {id!r}{hint}")
    return CLAUSES[id]


# A paragraph is a clause that still lacks its heading: the headings below give it to all of theirs.
_Paragraph = partial[Clause]


def _modelled(id: str, *modules: str, en: str, da: str) -> _Paragraph:
    return partial(Clause, id=id, en=en, da=da, modelled=tuple(f"subsim.{module}" for module in modules))


def _left_out(id: str, *, en: str, da: str, why_en: str, why_da: str) -> _Paragraph:
    return partial(Clause, id=id, en=en, da=da, left_out=(why_en, why_da))


def _under(heading: str, heading_en: str, *paragraphs: _Paragraph) -> tuple[Clause, ...]:
    return tuple(paragraph(heading=heading, heading_en=heading_en) for paragraph in paragraphs)


def _catalogue(*headings: Iterable[Clause]) -> dict[str, Clause]:
    """The clauses by id, in the order of the terms; a ValueError if an id is used twice."""
    catalogue: dict[str, Clause] = {}
    for one in chain.from_iterable(headings):
        if one.id in catalogue:
            raise ValueError(f"clause {one.id} stands twice in the catalogue")
        catalogue[one.id] = one
    return catalogue


CLAUSES: dict[str, Clause] = _catalogue(
    _under(
        "Handelsbetingelser for Kabelplus",
        "Terms of business of Kabelplus",
        _modelled(
            "tv.1",
            "rules.eligibility",
            en=(
                "TV is supplied on the statutes and conditions of the member's local antenna association, "
                "not on these terms."
            ),
            da=(
                "Får man tv, er det den lokale antenneforenings egne regler, man skal holde sig til, ikke disse vilkår."
            ),
        ),
        _left_out(
            "tv.2",
            en=(
                "Kabelplus once asked association members to accept terms for TV by mistake; for TV it is "
                "only the administrator."
            ),
            da=(
                "Det var en fejl, at foreningernes medlemmer engang blev bedt om at godkende vilkår for tv; "
                "her står Kabelplus kun for administrationen."
            ),
            why_en="It explains tv.1 and adds no rule of its own.",
            why_da="Det forklarer tv.1 og tilføjer ingen selvstændig regel.",
        ),
    ),
    _under(
        "Handelsbetingelser gældende for IP-baserede tjenester",
        "Terms of business for the IP-based services",
        _left_out(
            "ip.1",
            en=(
                "By agreement with the antenna associations Kabelplus runs the IP-based services for their "
                "members: delivery, collection of payments, package changes, customer service and support."
            ),
            da=(
                "På foreningernes vegne sørger Kabelplus for det praktiske ved de IP-baserede tjenester: "
                "levering, betaling, skift af pakke, kundeservice og hjælp til teknikken."
            ),
            why_en="It describes who does what; it gives no time limit and no amount.",
            why_da="Det beskriver, hvem der gør hvad, og giver hverken frist eller beløb.",
        ),
        _left_out(
            "ip.2",
            en=("Kabelplus is the provider of the IP-based services; the website tells which there are at present."),
            da=(
                "Det er Kabelplus, der står bag de IP-baserede tjenester, og på hjemmesiden kan man se "
                "udvalget lige nu."
            ),
            why_en="Which services exist is given to the model as packages and prices.",
            why_da="Hvilke tjenester der findes, får modellen oplyst som pakker og priser.",
        ),
        _left_out(
            "ip.3",
            en=(
                "These terms bind everyone who uses the services; they are to be read and accepted before "
                "use, and use counts as acceptance."
            ),
            da=(
                "Alle, der bruger tjenesterne, er bundet af vilkårene og skal sige ja til dem først; går man "
                "i gang uden videre, regnes det som et ja."
            ),
            why_en="Every sign-up in a timeline is taken to be on these terms; acceptance moves no date.",
            why_da=("Enhver tilmelding i et forløb antages at ske på disse vilkår; selve accepten flytter ingen dato."),
        ),
    ),
    _under(
        "Adgang til og brug af tjenesterne",
        "Access to and use of the services",
        _modelled(
            "adgang.1",
            "rules.eligibility",
            "state",
            en=(
                "A member gets access by subscribing through an antenna association that has an agreement "
                "with Kabelplus, to one or more content packages."
            ),
            da=(
                "Man bliver abonnent gennem en antenneforening, som samarbejder med Kabelplus, og bestemmer "
                "selv, om man vil have en pakke eller flere."
            ),
        ),
        _modelled(
            "adgang.9",
            "rules.eligibility",
            en="The member must be of age, that is {age-years} or more.",
            da="Medlemmet skal være fyldt {age-years}.",
        ),
        _modelled(
            "adgang.10",
            "rules.eligibility",
            en="The member must live in Denmark.",
            da="Medlemmet skal bo fast i Danmark.",
        ),
        _modelled(
            "adgang.11",
            "rules.eligibility",
            en=(
                "For amounts over {credit-check-over} (no currency is printed; read as DKK) Kabelplus may require a "
                "credit assessment; at exactly that amount it may not."
            ),
            da=(
                "Kommer beløbet op over {credit-check-over} (der står ingen valuta; her læst som kroner), må Kabelplus "
                "bede om at få medlemmet kreditvurderet; ved netop det beløb må Kabelplus ikke."
            ),
        ),
        _left_out(
            "adgang.12",
            en=(
                "The member answers for the information given at registration and must tell Kabelplus at "
                "once when it changes."
            ),
            da=(
                "Medlemmet har ansvaret for, at det oplyste passer, og skal give besked med det samme, hvis "
                "noget bliver anderledes."
            ),
            why_en=(
                "What a timeline states is taken as true; a move changes only the residence by which later "
                "sign-ups are judged (adgang.10)."
            ),
            why_da=(
                "Det, et forløb oplyser, tages for sandt; en flytning ændrer kun den bopæl, senere "
                "tilmeldinger bedømmes efter (adgang.10)."
            ),
        ),
        _left_out(
            "adgang.13",
            en="The member accepts that the services are supplied in the country of residence.",
            da="Medlemmet går ind på, at tjenesterne fås i bopælslandet.",
            why_en=("Where the services are watched decides no date and no amount; residence at sign-up is adgang.10."),
            why_da=("Hvor man ser med, afgør hverken dato eller beløb; bopælen ved tilmelding hører under adgang.10."),
        ),
        _modelled(
            "adgang.14",
            "rules.eligibility",
            en=("The services are for private use only; commercial or public use needs an express written agreement."),
            da=(
                "Abonnementet er til privatforbrug; skal det bruges erhvervsmæssigt eller over for "
                "offentligheden, kræver det en klar aftale på skrift."
            ),
        ),
        _left_out(
            "adgang.15",
            en=(
                "Members are recommended to register their e-mail address and phone number, as Kabelplus "
                "mostly writes and calls there."
            ),
            da=("Det er en god idé at oplyse mail og telefon, for det er mest dér, Kabelplus skriver og ringer."),
            why_en=("It is a recommendation; an announcement counts as received on its date, with or without it."),
            why_da=("Det er en anbefaling; en meddelelse regnes for modtaget på sin dato, uanset om den følges."),
        ),
        _modelled(
            "adgang.16",
            "rules.payment",
            "ledger",
            en=(
                "The member registers a card on the self-service site, signs up for Betalingsservice (direct "
                "debit) or receives a manual invoice; the website tells which cards are taken."
            ),
            da=(
                "Medlemmet vælger selv mellem kort på selvbetjeningen, Betalingsservice og en almindelig "
                "regning; på hjemmesiden står, hvilke kort der kan bruges."
            ),
        ),
    ),
    _under(
        "Benytte IP-baserede tjenester i udlandet",
        "Using IP-based services abroad",
        _left_out(
            "udland.1",
            en="Using the services outside the country, or trying to, is at the member's own cost and risk.",
            da=("Bruger man tjenesterne i udlandet, eller prøver man på det, er det for egen regning og risiko."),
            why_en="It is about liability; no date and no price of the subscription depends on it.",
            why_da="Det handler om ansvar; ingen dato og ingen pris i abonnementet afhænger af det.",
        ),
    ),
    _under(
        "Udstyr, systemer og forbindelser",
        "Equipment, systems and connections",
        _left_out(
            "forbindelser.1",
            en=(
                "How well the services work depends on the member's own equipment and connection; the member "
                "must make sure of having what is needed before buying or subscribing."
            ),
            da=(
                "Kvaliteten kommer an på det udstyr og den forbindelse, man har derhjemme, så tjek at alt "
                "det nødvendige er på plads, før der købes eller bestilles."
            ),
            why_en="It is about quality; it gives no time limit and no price reduction.",
            why_da="Det handler om kvalitet og giver hverken frist eller afslag i prisen.",
        ),
        _left_out(
            "forbindelser.2",
            en="Kabelplus does not guarantee that such equipment performs well or fits the services.",
            da="Kabelplus lover ikke, at medlemmets apparater er gode nok eller passer til tjenesterne.",
            why_en="It limits liability; it moves no date and no amount.",
            why_da="Det begrænser ansvaret og flytter hverken dato eller beløb.",
        ),
    ),
    _under(
        "Udveksling af data",
        "Exchange of data",
        _left_out(
            "data.1",
            en="What members send through the website and the self-service site is encrypted.",
            da="Det, man sender gennem hjemmeside og selvbetjening, er krypteret.",
            why_en="It is about technical security, not about the course of the subscription.",
            why_da="Det handler om teknisk sikkerhed, ikke om abonnementets forløb.",
        ),
        _left_out(
            "data.2",
            en=("After registration the member gets a user name and password, to be kept secret from everyone else."),
            da="Efter oprettelsen får man sit eget login, som ingen andre må få at vide.",
            why_en="It is a duty of care without a time limit; misuse enters a timeline as its own event.",
            why_da="Det er en pligt til omhu uden frist; misbrug er en selvstændig hændelse i et forløb.",
        ),
        _left_out(
            "data.3",
            en=(
                "With reasonable notice Kabelplus may at any time ask members to change password, and access "
                "may be interrupted for a while."
            ),
            da=(
                "Kabelplus må når som helst bede om, at man skifter adgangskode, bare det siges i rimelig "
                "tid, og så kan tjenesterne være væk et øjeblik."
            ),
            why_en="A reasonable notice is no number of days, and billing goes on through the interruption.",
            why_da="Et rimeligt varsel er ikke et antal dage, og betalingen løber videre under afbrydelsen.",
        ),
        _left_out(
            "data.4",
            en=(
                "A member who suspects that others use the login must say so at once. If Kabelplus has "
                "reason to believe it disclosed or misused, it may shut the services at once."
            ),
            da=(
                "Tror man, at andre bruger ens login, skal man melde det straks. Har Kabelplus grund til at "
                "tro, at det er sluppet ud eller misbrugt, kan der lukkes med det samme."
            ),
            why_en=(
                "Shutting the services is modelled under annullering.1, and ending the agreement for misuse "
                "under annullering.2a."
            ),
            why_da=("Lukning er modelleret under annullering.1, og ophør på grund af misbrug under annullering.2a."),
        ),
    ),
    _under(
        "Betalingsoplysninger",
        "Payment information",
        _left_out(
            "betaling.1",
            en=(
                "Card data are registered and kept by a third party approved under the PCI DSS standard, for "
                "use when subscriptions and one-off purchases are collected."
            ),
            da=(
                "Kortdata ligger hos en udbyder med PCI DSS-godkendelse, som bruger dem, når der skal "
                "trækkes for abonnement og enkeltkøb."
            ),
            why_en="Where card data are kept decides no date and no amount; collection itself is betaling.2.",
            why_da=("Hvor kortdata ligger, afgør hverken dato eller beløb; selve opkrævningen hører under betaling.2."),
        ),
        _modelled(
            "betaling.2",
            "rules.payment",
            "rules.renewal",
            "rules.interest",
            "ledger",
            en=(
                "One-off purchases are paid when bought and subscriptions in advance, both from the "
                "registered card; the member is liable also for what others use. Late payment lets Kabelplus "
                "charge interest under the Danish Interest Act (renteloven)."
            ),
            da=(
                "Enkeltkøb betales her og nu, mens abonnementet betales på forskud, en periode ad gangen; "
                "begge dele på det kort, man har tilmeldt, og regningen er ens egen, selv om andre har brugt "
                "tjenesten. Betaler man for sent, kan der komme rente efter renteloven."
            ),
        ),
        _modelled(
            "betaling.3",
            "rules.operator_termination",
            en="On late payment Kabelplus may also suspend or limit the member's access to the services.",
            da="Er der ikke betalt til tiden, kan Kabelplus desuden lukke helt eller delvis for medlemmet.",
        ),
        _modelled(
            "betaling.4",
            "rules.operator_termination",
            "ledger",
            en=(
                "When the member is more than {overdue-days} past a due date, so at the earliest on the day after "
                "these, Kabelplus may terminate the whole subscription at once."
            ),
            da=(
                "Først når der er gået over {overdue-days} siden forfaldsdagen, altså tidligst dagen efter, kan "
                "Kabelplus bringe hele abonnementet til ophør uden varsel."
            ),
        ),
        _modelled(
            "betaling.5",
            "rules.binding",
            "rules.termination",
            "state",
            en=(
                "The member is bound for {binding-months} from registration. After a binding the subscription can be "
                "terminated by the quarter, every {quarter-months}."
            ),
            da=(
                "Bindingen er på {binding-months} og løber fra den dag, medlemmet er registreret. Derefter kan man "
                "komme ud ved udløbet af hvert kvartal på {quarter-months}."
            ),
        ),
    ),
    _under(
        "Udstyr",
        "Equipment",
        _modelled(
            "udstyr.1",
            "rules.equipment",
            en=(
                "Equipment lent or rented out for the life of the subscription, such as a TV box, a modem or "
                "a card, stays the property of Kabelplus. It must be returned when the subscription ends; "
                "otherwise Kabelplus may invoice it."
            ),
            da=(
                "Har man fået for eksempel boks, modem eller programkort med hjem som lån eller til leje, "
                "ejer Kabelplus det stadig. Det skal afleveres, når abonnementet slutter, ellers kan der "
                "komme en regning for det."
            ),
        ),
    ),
    _under(
        "Priser",
        "Prices",
        _left_out(
            "priser.1",
            en="The antenna association sets the prices.",
            da="Hvad det koster, bestemmer antenneforeningen.",
            why_en="Prices are given to the model; who sets them changes no outcome.",
            why_da="Priserne får modellen oplyst; hvem der fastsætter dem, ændrer intet udfald.",
        ),
        _modelled(
            "priser.2",
            "state",
            "rules.renewal",
            en=(
                "Payment follows the price list in force at the time, which may change as these terms allow. "
                "Apart from withdrawal nothing is refunded, and services left unused or partly used give no "
                "credit."
            ),
            da=(
                "Man betaler efter den prisliste, der er i kraft, når der opkræves, og den kan blive ændret, "
                "som vilkårene tillader. Bortset fra fortrydelse kommer der ingen penge retur, heller ikke "
                "for det, man ikke fik brugt."
            ),
        ),
        _modelled(
            "priser.3",
            "rules.package_change",
            en=(
                "The member may change package at any time, also when bound: an upgrade may cost more for "
                "the period already prepaid and is charged on its day, while a downgrade changes both "
                "package and price on the next due date. A binding stays as it was."
            ),
            da=(
                "Medlemmet kan altid skifte pakke, også i bindingen: en dyrere pakke kan koste ekstra for "
                "den periode, der allerede er betalt, og det trækkes samme dag, mens skiftet til en "
                "billigere pakke og dens pris først slår igennem ved næste forfald. Bindingen rører det ikke "
                "ved."
            ),
        ),
    ),
    _under(
        "Kort der modtages",
        "Cards accepted",
        _left_out(
            "kort.1",
            en="Dankort, Mastercard, Maestro, Visa and Eurocard/Mastercard are accepted.",
            da="Der kan betales med Dankort, Visa, Maestro, Mastercard og Eurocard/Mastercard.",
            why_en=("The brand of the card changes nothing; the model knows only that a card pays, fails or expires."),
            why_da="Korttypen gør ingen forskel; modellen ved kun, om et kort betaler, fejler eller udløber.",
        ),
    ),
    _under(
        "Prisændringer",
        "Price changes",
        _modelled(
            "prisaendringer.1",
            "rules.price_change",
            en=(
                "A price change during a period must be announced at least {price-notice-days} ahead, by e-mail or on "
                "the website. "
                "With shorter notice, or in a binding, prices may change only because Kabelplus' costs of "
                "supplying the services rise (taxes, exchange rates, suppliers, authorities, law), and by no "
                "more than that rise."
            ),
            da=(
                "Nye priser midt i en periode skal meldes ud på mail eller hjemmeside senest {price-notice-days} før. "
                "Det må kun gå hurtigere, eller ramme medlemmer i binding, når det er blevet dyrere for "
                "Kabelplus at levere (skatter, valuta, leverandører, myndigheder, lovgivning), og stigningen "
                "må ikke overstige merudgiften."
            ),
        ),
        _modelled(
            "prisaendringer.2",
            "rules.price_change",
            en=(
                "A member who does not accept it may leave on the day it takes effect: subscriptions not "
                "bound if Kabelplus has the notice at least {price-exit-days} before that day, a bound one if "
                "Kabelplus gets notice of at least {bound-exit-notice-days} within {bound-exit-window-days} of the "
                "member's receiving the announcement. New "
                "fees count as price changes."
            ),
            da=(
                "Vil man ikke være med til den nye pris, kan man gå den dag, den får virkning: uden binding "
                "skal beskeden være fremme hos Kabelplus senest {price-exit-days} forinden, og i binding skal man "
                "inden {bound-exit-window-days}, efter at man fik den nye pris at vide, opsige med et varsel på "
                "mindst {bound-exit-notice-days}. Nye "
                "gebyrer tæller på samme måde."
            ),
        ),
    ),
    _under(
        "Gratis prøvetilbud",
        "Free trial",
        _modelled(
            "proevetilbud.1",
            "rules.eligibility",
            "rules.trial",
            en="Kabelplus may offer new customers a set period of content packages for free.",
            da=("Nye kunder kan få lov at prøve pakker gratis i et bestemt tidsrum, hvis Kabelplus tilbyder det."),
        ),
        _modelled(
            "proevetilbud.2",
            "rules.trial",
            en=(
                "The trial starts when the member has confirmed the account information on the website. "
                "Unless the member terminates during it, the package then costs the price on the website."
            ),
            da=(
                "Prøven går i gang, når kontoen er bekræftet på hjemmesiden. Vil man ikke fortsætte, skal "
                "man nå at opsige, mens den løber; gør man ikke det, koster pakken bagefter det, der står i "
                "prislisten."
            ),
        ),
        _modelled(
            "proevetilbud.3",
            "rules.service_change",
            en=(
                "After telling the members by e-mail or on the website Kabelplus may, as it sees fit, change "
                "what a package contains; the change takes effect on the day announced, at the earliest "
                "{service-notice-days} after the announcement."
            ),
            da=(
                "Kabelplus må selv lave om på, hvad en pakke indeholder, når det er meldt ud på mail eller "
                "hjemmeside; det sker den dag, der er nævnt, tidligst {service-notice-days} efter udmeldingen."
            ),
        ),
        _modelled(
            "proevetilbud.4",
            "rules.service_change",
            en=(
                "It may take effect sooner where a possible breach of the law, a decision of the "
                "authorities, a change of law or something like force majeure causes it."
            ),
            da=(
                "Det kan gå hurtigere, når årsagen er en mulig lovovertrædelse, et myndighedskrav, nye "
                "regler eller noget, der ligner force majeure."
            ),
        ),
        _modelled(
            "proevetilbud.5",
            "rules.service_change",
            en=(
                "If the change is a material disadvantage for the members, they may cancel the parts of the "
                "agreement it affects, provided Kabelplus is told before it takes effect."
            ),
            da=(
                "Bliver man stillet væsentligt dårligere, kan man komme ud af den del, det går ud over, hvis "
                "Kabelplus får det at vide, inden det sker."
            ),
        ),
    ),
    _under(
        "Automatisk abonnementsfornyelse",
        "Automatic renewal",
        _modelled(
            "fornyelse.1",
            "rules.renewal",
            en=(
                "At the end of a period or of the binding the subscription renews by itself, and Kabelplus "
                "goes on charging the registered card until the member terminates."
            ),
            da=(
                "Abonnementet kører videre af sig selv, når en periode eller bindingen er omme, og der "
                "trækkes på kortet, lige til man siger op."
            ),
        ),
        _modelled(
            "fornyelse.2",
            "rules.renewal",
            en=(
                "Receipts for payments and card changes come by e-mail. Kabelplus sends a reminder by e-mail "
                "before the card expires or when its data change; the member must then register a new card, "
                "as also when a card is blocked."
            ),
            da=(
                "Man får kvittering på mail for betalinger og for nyt kort. Kabelplus minder om det på mail, "
                "inden kortet udløber, eller når kortdata er ændret, og så skal man selv lægge et nyt kort "
                "ind, ligesom når et kort er blevet spærret."
            ),
        ),
        _modelled(
            "fornyelse.3",
            "ledger",
            en="For every charge to a card a receipt comes by e-mail before the money is drawn.",
            da=("Hver gang der skal trækkes på kortet, kommer kvitteringen på mail, før pengene forlader kontoen."),
        ),
    ),
    _under(
        "Opsigelse af tjenesterne",
        "Termination of the services",
        _modelled(
            "opsigelse.1a",
            "rules.termination",
            en=(
                "A member who is not bound may terminate under the account page of the website. The "
                "subscription then ends with the period in which Kabelplus is told."
            ),
            da=(
                "Uden binding kan man altid sige op inde på sin konto på hjemmesiden. Abonnementet stopper "
                "så sammen med den periode, hvor Kabelplus får besked."
            ),
        ),
        _modelled(
            "opsigelse.1b",
            "exits",
            en=(
                "Or, where the notice is given because of a change of prices, services or the like, the "
                "subscription ends when the notice named in that provision has run."
            ),
            da=(
                "Siger man op på grund af nye priser, ændrede tjenester og lignende, er det i stedet varslet "
                "i den regel, der bestemmer slutdatoen."
            ),
        ),
        _modelled(
            "opsigelse.2",
            "rules.termination",
            en=(
                "A bound member must subscribe at least to the end of the binding. The subscription may end "
                "inside it only by notice of {bound-exit-notice-days}, given within {bound-exit-window-days} of "
                "receiving Kabelplus' announcement "
                "of one of the changes in 2a to 2c."
            ),
            da=(
                "Er man bundet, skal man beholde abonnementet, til bindingen er udløbet. Man kan kun slippe "
                "før, hvis Kabelplus har varslet en af ændringerne i 2a til 2c, og man inden "
                "{bound-exit-window-days} efter at have fået det varsel opsiger med et varsel på "
                "{bound-exit-notice-days}."
            ),
        ),
        _modelled(
            "opsigelse.2a",
            "rules.termination",
            "rules.price_change",
            en=("First ground for leaving inside the binding: a price change that touches what the member receives."),
            da="Første grund til at slippe før tid: prisen ændres på noget, medlemmet selv får.",
        ),
        _modelled(
            "opsigelse.2b",
            "rules.termination",
            "rules.service_change",
            en=(
                "Second ground for leaving inside the binding: a change of the services that is a "
                "considerable disadvantage for the member."
            ),
            da=(
                "Anden grund til at slippe før tid: tjenesterne laves om, så medlemmet bliver stillet "
                "betydeligt ringere."
            ),
        ),
        _modelled(
            "opsigelse.2c",
            "rules.termination",
            "rules.terms_change",
            en=(
                "Third ground for leaving inside the binding: a material change of, or addition to, these "
                "terms that is not beyond dispute in the consumer's favour."
            ),
            da=(
                "Tredje grund til at slippe før tid: vilkårene får en væsentlig ændring eller tilføjelse, og "
                "det er ikke uden for diskussion, at den gavner forbrugeren."
            ),
        ),
        _modelled(
            "opsigelse.2d",
            "rules.termination",
            en=(
                "A member who is not bound may terminate with notice of {notice-days}; after the printed example "
                "these are counted from the day of the notice. It is printed as the last item of "
                "the list for "
                "bound members, though it is about the others."
            ),
            da=(
                "Er man ude af bindingen, er varslet {notice-days}; efter det trykte eksempel "
                "tælles de fra den dag, opsigelsen kommer. Reglen er trykt sidst i listen for "
                "medlemmer i binding, men gælder de andre."
            ),
        ),
        _modelled(
            "opsigelse.3",
            "rules.termination",
            en=("Money already paid is not paid back, unless the termination falls within the withdrawal period."),
            da=(
                "Det, man har betalt, får man ikke igen, medmindre man siger op, mens fortrydelsesfristen stadig løber."
            ),
        ),
    ),
    _under(
        "Annullering af Kabelplus",
        "Cancellation by Kabelplus",
        _modelled(
            "annullering.1",
            "rules.operator_termination",
            en=(
                "Kabelplus may cancel or suspend a member's access at any time; what the member then keeps "
                "when Kabelplus terminates the agreement is told in 1a and 1b."
            ),
            da=(
                "Kabelplus kan til enhver tid lukke et medlem ude, midlertidigt eller for altid; hvad man "
                "beholder, hvis Kabelplus siger op, står i 1a og 1b."
            ),
        ),
        _modelled(
            "annullering.1a",
            "rules.operator_termination",
            en=(
                "When Kabelplus terminates, the member keeps access for the rest of the current period or "
                "binding or, at Kabelplus' choice, gets a refund pro rata; the subscription does not renew."
            ),
            da=(
                "Siger Kabelplus op, kan man blive ved, til den igangværende periode eller binding er slut, "
                "eller få en forholdsmæssig del af pengene igen, hvis Kabelplus foretrækker det; forlænget "
                "bliver abonnementet ikke."
            ),
        ),
        _modelled(
            "annullering.1b",
            "rules.operator_termination",
            en=(
                "When Kabelplus terminates, services already bought with a one-off purchase stay open to the "
                "member for the time they have left."
            ),
            da=("Siger Kabelplus op, kan man stadig bruge sine betalte enkeltkøb, så længe der er tid tilbage på dem."),
        ),
        _modelled(
            "annullering.2a",
            "rules.operator_termination",
            en=(
                "For unauthorised use of the services, or suspicion of it, Kabelplus may terminate at once, "
                "and the remaining subscription payments fall due at once."
            ),
            da=(
                "Bruger nogen tjenesterne uden at have lov, eller er der bare mistanke om det, kan Kabelplus "
                "stoppe med det samme, og resten af abonnementets betalinger forfalder samme dag."
            ),
        ),
        _modelled(
            "annullering.2b",
            "rules.operator_termination",
            en=(
                "For breach of these terms Kabelplus may terminate at once, and the remaining subscription "
                "payments fall due at once."
            ),
            da=(
                "Holder man sig ikke til vilkårene, kan Kabelplus stoppe med det samme, og resten af "
                "abonnementets betalinger forfalder samme dag."
            ),
        ),
        _modelled(
            "annullering.2c",
            "rules.operator_termination",
            en=(
                "When a payment is more than {overdue-days} overdue, so from the day after these, "
                "Kabelplus may terminate at once, and the remaining subscription payments fall due at once."
            ),
            da=(
                "Er en betaling over {overdue-days} forsinket, altså fra dagen efter, kan Kabelplus "
                "stoppe med det samme, og resten af abonnementets betalinger forfalder samme dag."
            ),
        ),
    ),
    _under(
        "Fortrydelsesret",
        "Right of withdrawal",
        _modelled(
            "fortrydelse.1",
            "rules.withdrawal",
            en=(
                "A member who joined on the internet may withdraw within {withdrawal-days} of the purchase and gets "
                "everything back. The period starts when the member has received the confirmation, and its last "
                "day is the last of these after that."
            ),
            da=(
                "Har man meldt sig til over nettet, kan man ombestemme sig i {withdrawal-days} og få alle pengene "
                "igen. Fristen løber først, fra man har fået sin bekræftelse, og slutter med den sidste af de dage "
                "derefter."
            ),
        ),
        _modelled(
            "fortrydelse.2",
            "rules.withdrawal",
            en=(
                "The right and the refund are lost when the member, within that period, logs in and "
                "activates a service whose filter is changed so that TV can be seen."
            ),
            da=(
                "Muligheden og pengene er tabt, hvis man, før fristen er omme, logger på og sætter en "
                "tjeneste i gang, så filteret skiftes, og der kommer tv igennem."
            ),
        ),
        _modelled(
            "fortrydelse.3",
            "rules.withdrawal",
            en=(
                "Taking the subscription into use thus waives the right. To withdraw, the member sends an "
                "e-mail to customer service."
            ),
            da=(
                "Man opgiver altså retten ved at begynde at bruge abonnementet. Vil man fortryde, skal man "
                "maile til kundeservice."
            ),
        ),
    ),
    _under(
        "Sikkerhed",
        "Security",
        _modelled(
            "sikkerhed.1",
            "rules.operator_termination",
            en=(
                "Members may not get round or test the security of the services, harm or overload them, "
                "spread malware or seek access they have not been given. That is always a material breach, "
                "for which Kabelplus may shut the services at once."
            ),
            da=(
                "Man må ikke omgå eller afprøve sikkerheden, skade eller belaste tjenesterne, sprede virus "
                "eller skaffe sig adgang til andet end sit eget. Gør man det, er det altid væsentlig "
                "misligholdelse, og Kabelplus må lukke på stedet."
            ),
        ),
    ),
    _under(
        "Kabelplus' ansvar",
        "Liability of Kabelplus",
        _left_out(
            "ansvar.1",
            en=(
                "The services are supplied as they are and as far as they are available, without warranty of "
                "content, working, quality or security."
            ),
            da=(
                "Tjenesterne tages, som de er og forefindes; der loves intet om indhold, drift, kvalitet "
                "eller sikkerhed."
            ),
            why_en="A disclaimer of warranty; poor service changes no date and no amount here.",
            why_da="En fraskrivelse af garanti; dårlig drift ændrer her hverken dato eller beløb.",
        ),
        _left_out(
            "ansvar.2",
            en=(
                "Kabelplus, its people, licensors and third parties are not liable for any loss from using "
                "the services or not being able to."
            ),
            da=(
                "Hverken Kabelplus, dets folk, rettighedshavere eller andre hæfter for tab, fordi "
                "tjenesterne blev brugt eller ikke kunne bruges."
            ),
            why_en="Damages are a matter for the courts, not a line on the subscription's invoice.",
            why_da="Erstatning er en sag for domstolene, ikke en linje på abonnementets regning.",
        ),
    ),
    _under(
        "Erstatning",
        "Indemnity",
        _left_out(
            "erstatning.1",
            en=(
                "The member indemnifies Kabelplus and its people for loss and costs, lawyers' fees included, "
                "that come of breaking these terms, the law or the rights of others."
            ),
            da=(
                "Bryder man vilkår, love eller andres rettigheder, dækker man det tab og de udgifter, også "
                "til advokat, som Kabelplus og dets folk får af det."
            ),
            why_en="The amount depends on a loss to be proved, which no timeline contains.",
            why_da="Beløbet afhænger af et tab, der skal bevises, og det indeholder intet forløb.",
        ),
    ),
    _under(
        "Fortrolighedspolitik",
        "Privacy policy",
        _left_out(
            "fortrolighed.1",
            en="Information about members is kept confidential.",
            da="Det, Kabelplus ved om medlemmerne, bliver ikke delt med uvedkommende.",
            why_en="A promise about data; it has no date and no amount.",
            why_da="Et løfte om data; det har hverken dato eller beløb.",
        ),
    ),
    _under(
        "Sociale medier",
        "Social media",
        _left_out(
            "sociale.1",
            en=(
                "Members who connect the services with social media may become visible to others and must "
                "behave decently there; Kabelplus is not liable for what is shared."
            ),
            da=(
                "Kobler man tjenesterne til sociale medier, kan andre se ens profil, og man skal opføre sig "
                "ordentligt; Kabelplus hæfter ikke for det, der deles."
            ),
            why_en=("It is about conduct; a breach enters a timeline as Kabelplus' termination under annullering.2b."),
            why_da=(
                "Det handler om opførsel; et brud kommer ind i et forløb som opsigelse fra Kabelplus efter "
                "annullering.2b."
            ),
        ),
    ),
    _under(
        "Links fra vores hjemmeside",
        "Links from our website",
        _left_out(
            "links.1",
            en="The website may link to websites of others.",
            da="Fra hjemmesiden kan man blive sendt videre til andres sider.",
            why_en="It is information about the website, not about the subscription.",
            why_da="Det er oplysning om hjemmesiden, ikke om abonnementet.",
        ),
        _left_out(
            "links.2",
            en=("Kabelplus does not control those websites and is not liable for loss or harm from using them."),
            da="De sider bestemmer Kabelplus ikke over og hæfter ikke for, hvad der måtte ske dér.",
            why_en="It limits liability; it moves no date and no amount.",
            why_da="Det begrænser ansvaret og flytter hverken dato eller beløb.",
        ),
    ),
    _under(
        "Ændringer",
        "Changes of the terms",
        _modelled(
            "aendringer.1",
            "rules.terms_change",
            en="Kabelplus may change these terms at any time.",
            da="Kabelplus kan når som helst lave vilkårene om.",
        ),
        _modelled(
            "aendringer.2",
            "rules.terms_change",
            en="Changes are published on the website, which members are advised to visit regularly.",
            da="Det nye kan læses på hjemmesiden, så kig forbi den en gang imellem.",
        ),
        _modelled(
            "aendringer.3",
            "rules.terms_change",
            en=(
                "Of a material change members are told by e-mail at least {terms-notice-days} before it takes effect. "
                "Unless it is undisputedly to the member's advantage, the member may leave on the day it "
                "takes effect if Kabelplus has been told before; who does not leave accepts it."
            ),
            da=(
                "En væsentlig ændring får man en mail om, senest {terms-notice-days} før den gælder. Er det ikke uden "
                "for diskussion, at den er en fordel for medlemmet, kan man gå, samme dag den får virkning, "
                "hvis Kabelplus har fået det at vide forinden; bliver man, har man sagt ja."
            ),
        ),
    ),
    _under(
        "Overdragelse",
        "Transfer",
        _modelled(
            "overdragelse.1",
            "rules.transfer",
            en=(
                "The agreement is personal: the member may not transfer it, or any part of it. Kabelplus may "
                "transfer it to others, wholly or in part."
            ),
            da=(
                "Aftalen er personlig, så medlemmet kan ikke give den videre, heller ikke noget af den. Det "
                "må Kabelplus derimod gerne, helt eller delvis."
            ),
        ),
    ),
    _under(
        "Den fulde aftale",
        "Entire agreement",
        _left_out(
            "aftale.1",
            en=(
                "These terms and the privacy policy are the whole agreement and replace whatever was agreed "
                "before, in writing or orally."
            ),
            da=(
                "Der gælder kun disse vilkår og politikken for fortrolighed; ældre aftaler tæller ikke mere, "
                "uanset om de var på skrift eller ej."
            ),
            why_en="It says which texts count; the model is built on these terms alone.",
            why_da="Det siger, hvilke tekster der tæller; modellen bygger på disse vilkår alene.",
        ),
    ),
    _under(
        "Force Majeure",
        "Force majeure",
        _left_out(
            "force-majeure.1",
            en="Kabelplus is not liable for failures caused by events beyond its reasonable control.",
            da=(
                "Går noget galt af grunde, som Kabelplus ikke med rimelighed kunne styre, er det ikke "
                "Kabelplus' ansvar."
            ),
            why_en="It limits liability; what it means for the notice of a service change is proevetilbud.4.",
            why_da=(
                "Det begrænser ansvaret; hvad det betyder for varslet ved ændrede tjenester, står i proevetilbud.4."
            ),
        ),
    ),
    _under(
        "Afbrydelse",
        "Severability",
        _left_out(
            "afbrydelse.1",
            en="If a provision is invalid or cannot be enforced, the others stand.",
            da="Viser en enkelt regel sig at være ugyldig, står resten stadig ved magt.",
            why_en="Which provisions are valid is for the courts; the model takes the terms as written.",
            why_da="Hvilke regler der er gyldige, afgør domstolene; modellen tager vilkårene, som de står.",
        ),
    ),
    _under(
        "Tvister og klager",
        "Disputes and complaints",
        _modelled(
            "tvister.1",
            "rules.complaints",
            en=(
                "A member in dispute with Kabelplus over the agreement may complain to its customer service by e-mail."
            ),
            da="Er man uenig med Kabelplus om aftalen, kan man maile en klage til kundeservice.",
        ),
        _modelled(
            "tvister.2",
            "rules.complaints",
            en="As a rule Kabelplus decides a complaint within {complaint-months} of its being made.",
            da="Normalt svarer Kabelplus endeligt på en klage inden for {complaint-months}, fra den er sendt ind.",
        ),
        _left_out(
            "tvister.3",
            en="Danish law governs the agreement and its interpretation.",
            da="Det er dansk ret, aftalen hører under og skal læses efter.",
            why_en=(
                "Choice of law; the law the model needs beside the terms (renteloven, doubt in the "
                "consumer's favour) is named where it is used."
            ),
            why_da=(
                "Lovvalg; den ret, modellen bruger ud over vilkårene (renteloven, tvivl til forbrugerens "
                "fordel), er nævnt, hvor den bruges."
            ),
        ),
        _left_out(
            "tvister.4",
            en="Disputes may also be brought before the ordinary courts under the usual rules.",
            da="Man kan også gå til domstolene på sædvanlig vis.",
            why_en="How a court case runs is outside the agreement.",
            why_da="Hvordan en retssag forløber, ligger uden for aftalen.",
        ),
    ),
    _under(
        "Indsamling af personoplysninger: Opbevaringsperiode",
        "Collection of personal data: retention period",
        _modelled(
            "persondata.opbevaring.1",
            "retention.ends",
            en=(
                "Personal data are kept as long as their purposes need them, but become inactive by "
                "themselves when the member terminates the agreement."
            ),
            da=(
                "Data om en person gemmes kun, så længe der er brug for dem, og når man siger op, bliver de "
                "sat ud af brug helt automatisk."
            ),
        ),
        _modelled(
            "persondata.opbevaring.2",
            "retention.ends",
            "retention.life",
            en=(
                "They are deleted when the user has not been active on any product for 18 months, unless the "
                "rules on bookkeeping or limitation periods require them longer."
            ),
            da=(
                "Har man ikke brugt et eneste produkt i halvandet år, bliver data fjernet, medmindre "
                "bogføring eller forældelse kræver, at de bliver."
            ),
        ),
        _modelled(
            "persondata.opbevaring.3",
            "retention.ends",
            "retention.days",
            en=(
                "The Bookkeeping Act asks for at least the current calendar year and 5 years; once a year "
                "data are tidied up, deleted or made inactive."
            ),
            da="Bogføringsloven kræver mindst 5 år oven i det år, man er i; hvert år bliver der ryddet op.",
        ),
    ),
)
