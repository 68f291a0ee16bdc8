"""The words of the page: those that are a contract, in both languages, and those of the fields of events."""

from collections.abc import Mapping

from subsim.basics.languages import Code, language
from subsim.basics.texts import Message
from subsim.engine.labels import EVENTS
from subsim.engine.ways import GROUNDS, WAYS
from subsim.membership.events import KINDS
from subsim.pages.text import Page
from subsim.retention.labels import DATA_EVENTS
from subsim.rules.operator_termination import CAUSES
from subsim.terms.policies import Policy

Labels = dict[str, str]

LABELS: dict[str, tuple[str, str]] = {
    "desk": ("Kabelplus kundeservice", "Kabelplus service desk"),
    "skip": ("Gå til indholdet", "Skip to content"),
    "other_language": ("English", "Dansk"),
    "find": ("Find", "Find"),
    "find_member": ("Find et medlem", "Find a member"),
    "member": ("Medlem", "Member"),
    "members": ("Medlemmer", "Members"),
    "more": ("Vis flere", "Show more"),
    "nobody": ("Intet medlem er fundet:", "No member is found:"),
    "search_hint": ("En del af nummer, navn, e-mail eller telefon", "Part of number, name, e-mail or phone"),
    "notice_received": ("Opsigelsen modtages", "Notice received"),
    "subscription": ("Abonnement", "Subscription"),
    "show_answer": ("Vis svaret", "Show the answer"),
    "ways_out": ("Opsigelsesmuligheder", "Ways out"),
    "coming": ("Det kommer", "What comes"),
    "other_readings": ("Andre fortolkninger", "Other readings"),
    "law": ("Hvad siger loven", "What the law says"),
    "retention": ("Data om medlemmet", "Data held"),
    "no_policy": (
        "Ingen privatlivspolitik er angivet, så der kan ikke svares på, hvor længe data gemmes.",
        "No privacy policy is named, so nothing can be said of how long data are kept.",
    ),
    "invoices": ("Regninger", "Invoices"),
    "timeline": ("Forløb", "Timeline"),
    "events": ("Hændelser", "Events"),
    "correct": ("Ret", "Correct"),
    "history": ("Historik", "History"),
    "what_if": ("Hvad nu hvis", "What if"),
    "event": ("Hændelse", "Event"),
    "choose": ("Vælg", "Choose"),
    "show_effect": ("Vis virkningen", "Show the effect"),
    "effect": ("Virkning", "Effect"),
    "as_it_is": ("Som det er", "As it is"),
    "with_event": ("Med hændelsen", "With the event"),
    "note": ("Bemærkning", "Note"),
    "record": ("Registrér", "Record"),
    "retract": ("Træk tilbage", "Retract"),
    "copy": ("Kopiér svaret", "Copy the answer"),
    "copied": ("Kopieret", "Copied"),
    "letter": ("Brev", "Letter"),
    "letter_pdf": ("Brev som PDF", "Letter as PDF"),
    "save": ("Gem svaret", "Save the answer"),
    "recorded": ("Registreret", "Recorded"),
    "corrected": ("Rettet", "Corrected"),
    "retracted": ("Trukket tilbage", "Retracted"),
    "imported": ("Importeret", "Imported"),
    "saved": ("Gemt", "Saved"),
    "problem": ("Der er en fejl", "There is a problem"),
    "error": ("Fejl:", "Error:"),
    "token": ("Nøgle", "Token"),
    "log_in": ("Log ind", "Log in"),
    "log_out": ("Log ud", "Log out"),
    "why": ("Hvorfor", "Why"),
    "date": ("Dato", "Date"),
    "fields": ("Oplysninger", "Fields"),
    "recorded_at": ("Registreret den", "Recorded"),
    "recorded_by": ("Af", "By"),
    "to_all": ("til alle medlemmer", "to all members"),
    "fact": ("Nr.", "No."),
    "action": ("Hvad", "What"),
    "answers_given": ("Afgivne svar", "Answers given"),
    "still": ("Gælder stadig", "Still holds"),
    "yes": ("ja", "yes"),
    "no": ("nej", "no"),
    "answer": ("Svar", "Answer"),
    "check_line": ("Kontrollinje", "Check line"),
    "back": ("Til svaret", "Back to the answer"),
    "now": ("Nu", "Now"),
    "ends_on": ("Ophører", "Ends on"),
    "last_day": ("Sidste dag med adgang", "Last day of service"),
    "notice_by": ("Opsagt senest", "Give notice by"),
    "still_to_pay": ("Betales inden ophøret", "Still to pay"),
    "refund": ("Betales tilbage", "Refund"),
    "clause": ("Bestemmelse", "Clause"),
    "default": ("udeladt", "left out"),
    "default_is": ("udeladt: {value}", "left out: {value}"),
    "required": ("skal udfyldes", "required"),
    "home": ("Forside", "Start"),
    "stale": (
        "En anden har registreret noget imens. Se den nye virkning, før du registrerer.",
        "Someone else recorded something meanwhile. Look at the new effect before you record.",
    ),
    "as_known": (
        "Svaret bygger på det, der var registreret {instant}. Intet kan registreres herfra.",
        "The answer rests on what was recorded by {instant}. Nothing can be recorded from here.",
    ),
    "picture": (
        "Medlemmets forløb som billede; tabellen Hændelser siger det samme med ord.",
        "The member's timeline as a picture; the table Events says the same in words.",
    ),
    "no_picture": ("Billedet kan ikke vises.", "The picture cannot be shown."),
    "nothing_comes": ("Der kommer ikke mere.", "Nothing more comes."),
    "nothing_ahead": ("Der er ingen regninger.", "There are no invoices."),
    "none": ("Ingen", "None"),
    "is_refused": ("Vilkårene afviser hændelsen.", "The terms refuse the event."),
    "is_accepted": ("Vilkårene godtager hændelsen.", "The terms accept the event."),
    "nothing_changes": ("Intet ændrer sig.", "Nothing changes."),
    "not_found": ("Findes ikke", "Not found"),
    "no_such_member": ("Der er intet medlem med det nummer.", "There is no member with that number."),
    "no_such_page": ("Der er ingen side på den adresse.", "There is no page at that address."),
    "what": ("Hvad", "What"),
    "line": ("Linje", "Line"),
    "amount": ("Beløb", "Amount"),
    "until": ("indtil", "until"),
    "totals": ("I alt", "Totals"),
    "subscriptions": ("Abonnementer", "Subscriptions"),
    "refused": ("Afvist", "Refused"),
    "duties": ("Pligter", "Duties"),
    "date_hint": ("Fx 2020-08-31, 31.8.2020 eller i dag", "E.g. 2020-08-31, 31/8/2020 or today"),
    "span_hint": (
        "Fx 2020-08-31, 31.8.2020 eller i dag; er dagen uvis, fx 1.3.2020..20.3.2020",
        "E.g. 2020-08-31, 31/8/2020 or today; where the day is not known, e.g. 1/3/2020..20/3/2020",
    ),
    "assume": ("Antag om {fact}", "Assume of {fact}"),
    "assumed": ("Antaget", "Assumed"),
    "one_course": (
        "Det kan vises, når der ovenfor er valgt, hvad der antages om de uvisse hændelser.",
        "This can be shown once it is chosen above what to assume of the facts in doubt.",
    ),
    "law_above": (
        "Hvad der er sikkert efter loven, står under opsigelsesmulighederne.",
        "What is certain by law stands under the ways out.",
    ),
    "open_doubt": ("ikke afklaret", "not settled"),
    "did_happen": ("skete", "happened"),
    "did_not_happen": ("skete ikke", "did not happen"),
    "per_course": (
        "Nogle hændelser er uvisse, så virkningen er ikke den samme i alle hændelsesforløb. Svaret i dag:",
        "Facts are in doubt, so the effect is not the same in every course of events. The answer today:",
    ),
    "with_commas": ("Adskil flere med komma", "Separate several with commas"),
    "retract_hint": ("Hændelsen bliver stående i historikken.", "The event stays in the history."),
    "read_only": ("Der er kun læseadgang.", "This desk is read only."),
}
"""Each word by its key, in Danish and in English."""

FIELDS: dict[str, tuple[str, str]] = {
    "date": ("Dato", "Date"),
    "subscription": ("Abonnement", "Subscription"),
    "package": ("Pakke", "Package"),
    "channel": ("Kanal", "Channel"),
    "billing": ("Betalingsperiode", "Billing"),
    "payment": ("Betalingsmåde", "Payment"),
    "card_expires": ("Kortet udløber (ÅÅÅÅ-MM)", "Card expires (YYYY-MM)"),
    "trial_days": ("Prøveperiode i dage", "Trial in days"),
    "confirmation": ("Bekræftelse", "Confirmation"),
    "credit_check": ("Kreditvurdering", "Credit check"),
    "service": ("Tjeneste", "Service"),
    "filter_changed": ("Filter skiftet", "Filter changed"),
    "ground": ("Grund", "Ground"),
    "wanted_end": ("Ønsket ophør", "Wanted end"),
    "agreed": ("Aftalt med Kabelplus", "Agreed by Kabelplus"),
    "to": ("Til pakke", "To package"),
    "item": ("Genstand", "Item"),
    "amount": ("Beløb i kr.", "Amount in kr."),
    "access_days": ("Adgang i dage", "Access in days"),
    "resident": ("Bopælsland (fx DK)", "Country of residence (e.g. DK)"),
    "value": ("Værdi i kr.", "Value in kr."),
    "prices": ("Ny pris i kr. pr. måned", "New price in kr. per month"),
    "effective": ("Gælder fra", "Effective"),
    "via": ("Sendt med", "Sent by"),
    "grounds": ("Begrundelse", "Grounds"),
    "cost_increase": ("Stigning i omkostninger, kr. pr. måned", "Cost increase, kr. per month"),
    "packages": ("Pakker", "Packages"),
    "disadvantage": ("Ulempe", "Disadvantage"),
    "urgent": ("Haster", "Urgent"),
    "material": ("Væsentlig", "Material"),
    "favourable": ("Til forbrugerens fordel", "Favourable"),
    "reason": ("Årsag", "Reason"),
    "settlement": ("Opgørelse", "Settlement"),
    "note": ("Note", "Note"),
    "numbers": ("Nyt tal", "New number"),
    "readings": ("Ny fortolkning", "New reading"),
    "kind": ("Hvad der er solgt", "What was sold"),
    "withdrawal_info": (
        "Fortrydelsesretten oplyst (dato, same-day eller none)",
        "Right to withdraw explained (date, same-day or none)",
    ),
    "express_request": ("Bad udtrykkeligt om start i fristen", "Expressly asked for the start"),
    "content_consent": ("Samtykke til at miste fortrydelsesretten", "Consent to lose the right to withdraw"),
    "trial_price_told": ("Prisen efter prøveperioden oplyst", "Price after the trial told"),
    "solicited": ("Bad om at blive ringet op", "Asked to be called"),
    "sent": ("Sendt den", "Sent on"),
    "fee": ("Gebyr i kr.", "Fee in kr."),
    "about": ("Angår", "About"),
    "law_imposed": ("Følger af lov", "Follows from law"),
    "warned": ("Advaret skriftligt den", "Warned in writing on"),
    "relationship": ("Kundeforhold", "Relationship"),
    "by": ("Opsagt af", "Ended by"),
    "notice_given": ("Opsagt den", "Notice given on"),
    "product": ("Produkt", "Product"),
    "category": ("Kategori af data", "Category of data"),
    "categories": ("Kategorier af data", "Categories of data"),
    "id": ("Id", "Id"),
    "disputed": ("Bestridt", "Disputed"),
    "ids": ("Id'er", "Ids"),
    "ends": ("Slutter", "Ends"),
    "covers_until": ("Dækker til og med", "Covers until"),
    "purpose": ("Formål", "Purpose"),
    "right": ("Rettighed", "Right"),
    "request": ("Anmodning", "Request"),
    "outcome": ("Udfald", "Outcome"),
    "assessed": ("Vurderet konkret", "Assessed"),
    "basis": ("Grundlag", "Basis"),
    "until": ("Til og med", "Until"),
    "action": ("Hvad der er gjort", "What was done"),
    "high_risk": ("Høj risiko", "High risk"),
}
"""The fields of events, in Danish and in English."""

CHOICES: dict[str, tuple[str, str]] = {
    "true": ("ja", "yes"),
    "false": ("nej", "no"),
    "online": ("på nettet", "online"),
    "phone": ("telefon", "phone"),
    "shop": ("butik", "shop"),
    "monthly": ("månedlig", "monthly"),
    "quarterly": ("kvartalsvis", "quarterly"),
    "half-yearly": ("halvårlig", "half-yearly"),
    "yearly": ("årlig", "yearly"),
    "card": ("kort", "card"),
    "betalingsservice": ("Betalingsservice", "Betalingsservice"),
    "invoice": ("regning", "invoice"),
    "same-day": ("samme dag", "same day"),
    "pending": ("afventer", "pending"),
    "passed": ("bestået", "passed"),
    "failed": ("ikke bestået", "failed"),
    "ip": ("IP", "IP"),
    "tv": ("tv", "TV"),
    "ordinary": ("almindelig", "ordinary"),
    "trial": ("prøveperiode", "trial"),
    "email": ("e-mail", "e-mail"),
    "website": ("hjemmeside", "website"),
    "cost": ("omkostninger", "cost"),
    "none": ("ingen", "none"),
    "material": ("væsentlig", "material"),
    "overdue": ("restance", "overdue"),
    "access": ("adgang til periodens slutning", "access until the period's end"),
    "refund": ("tilbagebetaling", "refund"),
    "bill": ("regning", "bill"),
    "other": ("andet", "other"),
    "member": ("medlemmet", "the member"),
    "controller": ("den dataansvarlige", "the controller"),
    "rectification": ("rettelse", "correction"),
    "erasure": ("sletning", "erasure"),
    "restriction": ("begrænsning", "restriction"),
    "portability": ("dataportabilitet", "data portability"),
    "objection": ("indsigelse", "objection"),
    "direct_marketing": ("direkte markedsføring", "direct marketing"),
    "met": ("imødekommet", "met"),
    "refused": ("afvist", "refused"),
    "partly": ("delvist imødekommet", "met in part"),
    "authority": ("myndighed", "authority"),
    "misuse": ("misbrug", "misuse"),
    "limitation": ("forældelse", "limitation"),
    "erased": ("slettet", "erased"),
    "anonymised": ("anonymiseret", "made anonymous"),
    "right=access": ("indsigt", "access"),
    "inactivated": ("gjort inaktivt", "made inactive"),
}
"""The words of the format that are chosen among, in Danish and in English."""
_ROWS: dict[str, Mapping[str, Message]] = {
    "ground": {name: WAYS[name].label for name in GROUNDS},
    "reason": {name: cause.label for name, cause in CAUSES.items()},
    "kind": {str(kind): label for kind, label in KINDS.items()},
}
"""By field the labels of the words that have a row, where they have no shorter one above."""


EVENT_NAMES: dict[str, Message] = {**EVENTS, **DATA_EVENTS}
"""The names of events."""


def event_names(policy: Policy | None, page: Page) -> dict[str, str]:
    """The names of the events that a member may have; those about personal data only with a policy."""
    names = EVENTS if policy is None else DATA_EVENTS if policy.agreement == "none" else EVENT_NAMES
    return {name: words.text(page) for name, words in names.items()}


def labels(code: Code) -> Labels:
    """The words of the page in a language."""
    return {key: words[0 if code == "da" else 1] for key, words in LABELS.items()}


def field_label(name: str, code: Code) -> str:
    """The label of an event's field."""
    head, _, rest = name.partition(".")
    words = FIELDS[head][0 if code == "da" else 1]
    return f"{words}: {rest}" if rest else words


def choice_label(word: str, field: str, code: Code) -> str:
    """The label of a word of the format in a field; a name is unchanged."""
    words = CHOICES.get(f"{field}={word}") or CHOICES.get(word)
    if words is not None:
        return words[0 if code == "da" else 1]
    label = _ROWS.get(field, {}).get(word)
    return word if label is None else label.text(language(code))
