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
    """One paragraph of the terms of 2019-10-30 in our own words, modelled or left out.

    `heading` is the Danish heading as printed. `en` and `da` are paraphrases. Their numbers come from the terms in
    force: `{price-exit-days}` becomes `3 days`, see `number_words`. Exactly one of two fields is set: `modelled` names
    the modules, or `left_out` gives the reason in English and in Danish.
    """

    id: str
    heading: str
    heading_en: str
    en: str
    da: str
    modelled: tuple[str, ...] = ()
    left_out: tuple[str, str] | None = None

    def text(self, code: Code, numbers: Numbers) -> Message:
        """The paraphrase in a language, with the numbers in force."""
        paraphrase = self.da if code == "da" else self.en
        return Message(paraphrase, **number_words(numbers))


def clause(id: str) -> Clause | Provision:
    """The clause or the provision of that id; a KeyError names the nearest one where some id is near."""
    if id in PROVISIONS:
        return PROVISIONS[id]
    if id not in CLAUSES:
        from difflib import get_close_matches  # needed only where no clause has the id

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
            da=("For tv gælder den lokale antenneforenings egne regler og ikke disse vilkår."),
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
                "Vilkårene binder alle, der bruger tjenesterne, og skal accepteres først; den, der tager dem i "
                "brug uden videre, anses for at have accepteret dem."
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
                "Abonnement tegnes gennem en antenneforening, der samarbejder med Kabelplus; medlemmet vælger "
                "selv, om det skal være én pakke eller flere."
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
                "Overstiger beløbet {credit-check-over} (vilkårene nævner ingen valuta; her forstået som "
                "kroner), kan Kabelplus kræve en kreditvurdering af medlemmet; ved netop det beløb kan den "
                "ikke kræves."
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
            da="Medlemmet accepterer, at tjenesterne kun kan fås i bopælslandet.",
            why_en=("Where the services are watched decides no date and no amount; residence at sign-up is adgang.10."),
            why_da=("Hvor man ser med, afgør hverken dato eller beløb; bopælen ved tilmelding hører under adgang.10."),
        ),
        _modelled(
            "adgang.14",
            "rules.eligibility",
            en=("The services are for private use only; commercial or public use needs an express written agreement."),
            da=(
                "Abonnementet er til privat forbrug; erhvervsmæssig eller offentlig brug kræver en udtrykkelig "
                "skriftlig aftale."
            ),
        ),
        _left_out(
            "adgang.15",
            en=(
                "Members are recommended to register their e-mail address and phone number, as Kabelplus "
                "mostly writes and calls there."
            ),
            da=("Det anbefales at oplyse e-mail og telefonnummer, da Kabelplus mest henvender sig den vej."),
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
                "Medlemmet vælger mellem kort på selvbetjeningen, Betalingsservice og almindelig regning; "
                "hjemmesiden viser, hvilke kort der kan bruges."
            ),
        ),
    ),
    _under(
        "Benytte IP-baserede tjenester i udlandet",
        "Using IP-based services abroad",
        _left_out(
            "udland.1",
            en="Using the services outside the country, or trying to, is at the member's own cost and risk.",
            da=("Brug eller forsøg på brug af tjenesterne i udlandet sker for medlemmets egen regning og risiko."),
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
                "Kvaliteten afhænger af medlemmets udstyr og forbindelse, som bør kontrolleres før køb eller "
                "bestilling."
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
            da="Ved oprettelsen får medlemmet et personligt login, som skal holdes hemmeligt for andre.",
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
                "Kabelplus kan når som helst og med rimeligt varsel bede medlemmet skifte adgangskode; "
                "tjenesterne kan imens være utilgængelige et øjeblik."
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
                "Mistanke om, at andre bruger medlemmets login, skal straks meldes. Har Kabelplus grund til at "
                "tro, at det er kommet ud eller misbrugt, kan adgangen spærres øjeblikkeligt."
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
                "Kortoplysningerne ligger hos en udbyder med PCI DSS-godkendelse, som bruger dem, når der "
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
                "Enkeltkøb betales ved købet og abonnementet forud for hver periode, begge dele på det "
                "tilmeldte kort; medlemmet hæfter, også når andre har brugt tjenesten. For sen betaling kan "
                "medføre renter efter renteloven."
            ),
        ),
        _modelled(
            "betaling.3",
            "rules.operator_termination",
            en="On late payment Kabelplus may also suspend or limit the member's access to the services.",
            da="Er der ikke betalt rettidigt, kan Kabelplus også helt eller delvis spærre medlemmets adgang.",
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
                "Er der gået mere end {overdue-days} efter forfaldsdagen, altså tidligst dagen efter, kan "
                "Kabelplus uden varsel bringe hele abonnementet til ophør."
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
                "Bindingen er på {binding-months} fra den dag, medlemmet er registreret. Derefter kan "
                "abonnementet opsiges til udløbet af hvert kvartal på {quarter-months}."
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
                "Udstyr, der er udlånt eller lejet, for eksempel boks, modem eller programkort, tilhører "
                "fortsat Kabelplus. Det skal afleveres ved abonnementets ophør og kan ellers blive opkrævet."
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
                "Der betales efter den prisliste, der gælder ved opkrævningen, og den kan ændres, som "
                "vilkårene tillader. Bortset fra fortrydelse betales intet tilbage, heller ikke for det, der "
                "ikke er brugt."
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
                "Pakken kan altid skiftes, også i bindingsperioden. En dyrere pakke kan medføre en ekstra "
                "betaling for den allerede betalte periode, som trækkes samme dag; en billigere pakke og dens "
                "pris gælder fra næste forfaldsdag. Skiftet ændrer ikke bindingen."
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
                "En prisændring midt i en periode skal varsles på e-mail eller hjemmesiden senest "
                "{price-notice-days} før. Et kortere varsel, eller en ændring for medlemmer i binding, kræver, "
                "at det er blevet dyrere for Kabelplus at levere (skatter, valuta, leverandører, myndigheder, "
                "lovgivning), og stigningen må ikke overstige merudgiften."
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
                "Et medlem, der ikke ønsker den nye pris, kan opsige til den dag, den får virkning: uden "
                "binding skal opsigelsen være fremme hos Kabelplus senest {price-exit-days} forinden; i "
                "binding skal den komme inden {bound-exit-window-days} efter, at medlemmet fik den nye pris at "
                "vide, med et varsel på mindst {bound-exit-notice-days}. Nye gebyrer tæller på samme måde."
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
            da=("Nye kunder kan få tilbud om at prøve pakker gratis i en bestemt prøveperiode."),
        ),
        _modelled(
            "proevetilbud.2",
            "rules.trial",
            en=(
                "The trial starts when the member has confirmed the account information on the website. "
                "Unless the member terminates during it, the package then costs the price on the website."
            ),
            da=(
                "Prøveperioden begynder, når kontoen er bekræftet på hjemmesiden. Opsiges abonnementet ikke, "
                "inden den er udløbet, koster pakken derefter prislistens pris."
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
                "Kabelplus kan selv ændre indholdet af en pakke, når det er varslet på e-mail eller "
                "hjemmesiden; ændringen sker den nævnte dag, tidligst {service-notice-days} efter varslet."
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
                "Varslet kan være kortere, hvis årsagen er en mulig lovovertrædelse, et myndighedskrav, nye "
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
                "Stilles medlemmet væsentligt dårligere, kan den berørte del opsiges, hvis Kabelplus får "
                "besked, inden ændringen sker."
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
                "Abonnementet fortsætter af sig selv, når en periode eller bindingen er udløbet, og der "
                "trækkes på kortet, indtil det opsiges."
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
                "Medlemmet får kvittering på e-mail for betalinger og for nyt kort. Kabelplus sender en "
                "påmindelse på e-mail, inden kortet udløber, eller når kortoplysningerne er ændret; medlemmet "
                "skal da selv registrere et nyt kort, ligesom når et kort er blevet spærret."
            ),
        ),
        _modelled(
            "fornyelse.3",
            "ledger",
            en="For every charge to a card a receipt comes by e-mail before the money is drawn.",
            da=("Hver gang der trækkes på kortet, sendes kvitteringen på e-mail, inden beløbet hæves."),
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
                "Uden binding kan abonnementet altid opsiges fra medlemmets konto på hjemmesiden. Det ophører "
                "da med den periode, hvori Kabelplus modtager opsigelsen."
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
                "Opsiges der på grund af nye priser, ændrede tjenester og lignende, afgør varslet i den "
                "pågældende regel i stedet slutdatoen."
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
                "I bindingsperioden løber abonnementet, til bindingen er udløbet. Det kan kun opsiges før, "
                "hvis Kabelplus har varslet en af ændringerne i 2a til 2c, og opsigelsen kommer inden "
                "{bound-exit-window-days} efter varslet og med et varsel på {bound-exit-notice-days}."
            ),
        ),
        _modelled(
            "opsigelse.2a",
            "rules.termination",
            "rules.price_change",
            en=("First ground for leaving inside the binding: a price change that touches what the member receives."),
            da="Første grund til ophør før tid: prisen ændres på noget, medlemmet selv får.",
        ),
        _modelled(
            "opsigelse.2b",
            "rules.termination",
            "rules.service_change",
            en=(
                "Second ground for leaving inside the binding: a change of the services that is a "
                "considerable disadvantage for the member."
            ),
            da=("Anden grund til ophør før tid: tjenesterne ændres, så medlemmet stilles betydeligt ringere."),
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
                "Tredje grund til ophør før tid: vilkårene får en væsentlig ændring eller tilføjelse, som ikke "
                "ubestridt gavner forbrugeren."
            ),
        ),
        _modelled(
            "opsigelse.2d",
            "rules.termination",
            en=(
                "A member who is not bound may terminate with notice of {notice-days}; after the printed example "
                "these are counted from the day of the notice."
            ),
            da=(
                "Uden binding er varslet {notice-days}; efter det trykte eksempel regnes de fra den dag, "
                "opsigelsen modtages."
            ),
        ),
        _modelled(
            "opsigelse.3",
            "rules.termination",
            en=("Money already paid is not paid back, unless the termination falls within the withdrawal period."),
            da=("Det betalte gives ikke tilbage, medmindre opsigelsen sker, mens fortrydelsesfristen stadig løber."),
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
                "Kabelplus kan til enhver tid spærre et medlem, midlertidigt eller for altid; hvad medlemmet "
                "beholder, hvis Kabelplus opsiger, fremgår af 1a og 1b."
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
                "Opsiger Kabelplus, kan medlemmet bruge abonnementet til udløbet af den igangværende periode "
                "eller binding, eller Kabelplus kan vælge at betale en forholdsmæssig del tilbage; "
                "abonnementet forlænges ikke."
            ),
        ),
        _modelled(
            "annullering.1b",
            "rules.operator_termination",
            en=(
                "When Kabelplus terminates, services already bought with a one-off purchase stay open to the "
                "member for the time they have left."
            ),
            da=("Opsiger Kabelplus, kan betalte enkeltkøb fortsat bruges, så længe de løber."),
        ),
        _modelled(
            "annullering.2a",
            "rules.operator_termination",
            en=(
                "For unauthorised use of the services, or suspicion of it, Kabelplus may terminate at once, "
                "and the remaining subscription payments fall due at once."
            ),
            da=(
                "Bruger nogen tjenesterne uden ret, eller er der blot mistanke om det, kan Kabelplus ophæve "
                "straks, og resten af abonnementets betalinger forfalder samme dag."
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
                "Overholdes vilkårene ikke, kan Kabelplus ophæve straks, og resten af abonnementets betalinger "
                "forfalder samme dag."
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
                "Er en betaling mere end {overdue-days} forsinket, altså fra dagen efter, kan Kabelplus ophæve "
                "straks, og resten af abonnementets betalinger forfalder samme dag."
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
                "Et medlem, der har tilmeldt sig på internettet, kan fortryde i {withdrawal-days} og får hele "
                "beløbet tilbage. Fristen begynder, når bekræftelsen er modtaget, og slutter med den sidste af "
                "de dage derefter."
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
                "Retten og beløbet er tabt, hvis medlemmet inden fristens udløb logger på og aktiverer en "
                "tjeneste, så filteret skiftes og der er signal."
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
                "Retten opgives altså ved at tage abonnementet i brug. Fortrydelse meddeles på e-mail til kundeservice."
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
                "Sikkerheden må ikke omgås eller afprøves, tjenesterne ikke skades eller belastes, virus ikke "
                "spredes, og adgang ikke skaffes til andet end medlemmets eget. Det er altid væsentlig "
                "misligholdelse, og Kabelplus kan ophæve på stedet."
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
            da=("Tjenesterne leveres, som de er; der loves intet om indhold, drift, kvalitet eller sikkerhed."),
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
                "Brydes vilkår, love eller andres rettigheder, dækker medlemmet det tab og de udgifter, også "
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
            da="Oplysninger om medlemmerne deles ikke med uvedkommende.",
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
                "Kobles tjenesterne til sociale medier, kan andre se medlemmets profil, og reglerne for god "
                "opførsel gælder; Kabelplus hæfter ikke for det, der deles."
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
            da="Hjemmesiden kan henvise videre til andres sider.",
            why_en="It is information about the website, not about the subscription.",
            why_da="Det er oplysning om hjemmesiden, ikke om abonnementet.",
        ),
        _left_out(
            "links.2",
            en=("Kabelplus does not control those websites and is not liable for loss or harm from using them."),
            da="Kabelplus bestemmer ikke over de sider og hæfter ikke for, hvad der sker dér.",
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
            da="Kabelplus kan når som helst ændre vilkårene.",
        ),
        _modelled(
            "aendringer.2",
            "rules.terms_change",
            en="Changes are published on the website, which members are advised to visit regularly.",
            da="Ændringerne kan ses på hjemmesiden, som bør besøges jævnligt.",
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
                "En væsentlig ændring varsles på e-mail senest {terms-notice-days}, før den gælder. Er den "
                "ikke ubestridt til medlemmets fordel, kan abonnementet opsiges til den dag, den får virkning, "
                "hvis Kabelplus har fået besked forinden; fortsætter medlemmet, er ændringen accepteret."
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
                "Aftalen er personlig og kan ikke overdrages af medlemmet, heller ikke delvis. Kabelplus kan "
                "derimod overdrage den helt eller delvis."
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
            da=("Kun disse vilkår og fortrolighedspolitikken gælder; ældre aftaler, skriftlige eller ej, bortfalder."),
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
            da="Er medlemmet uenig med Kabelplus om aftalen, kan der klages på e-mail til kundeservice.",
        ),
        _modelled(
            "tvister.2",
            "rules.complaints",
            en="As a rule Kabelplus decides a complaint within {complaint-months} of its being made.",
            da=(
                "Normalt giver Kabelplus et endeligt svar på en klage inden for {complaint-months}, fra den er "
                "indsendt."
            ),
        ),
        _left_out(
            "tvister.3",
            en="Danish law governs the agreement and its interpretation.",
            da="Aftalen er omfattet af dansk ret og fortolkes efter den.",
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
            da="Sagen kan også indbringes for domstolene på sædvanlig vis.",
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
                "Oplysninger om en person gemmes kun, så længe der er brug for dem; ved opsigelse sættes de "
                "automatisk ud af brug."
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
                "Er intet produkt brugt i halvandet år, fjernes oplysningerne, medmindre bogføring eller "
                "forældelse kræver, at de gemmes."
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
            da="Bogføringsloven kræver mindst 5 år ud over det løbende år; der ryddes op hvert år.",
        ),
    ),
)
