"""Privacy policies and the statutes beside them as data: categories, points, and clauses with their rules.

One word of a policy file is one field here, so that the reader, the JSON Schema and the evaluator go by the same
classes. What a rule gives is said in `subsim.retention`.
"""

from typing import ClassVar, Literal, NewType, get_args

from attrs import Factory, evolve, field

from subsim.basics.dates import Day
from subsim.basics.values import frozen
from subsim.terms.readings import ProfileName

CategoryName = NewType("CategoryName", str)
"""A category of the policy."""
NumberName = NewType("NumberName", str)
"""A number of the policy or statute, without its prefix."""
SettingName = NewType("SettingName", str)
"""A setting of the policy or statute."""
PurposeName = NewType("PurposeName", str)
"""A use of data, such as `marketing`; any word."""
PartName = NewType("PartName", str)
"""The id of a clause, point or number within its policy."""
LineNumber = NewType("LineNumber", int)
"""A line of the policy's text."""
Value = NewType("Value", int)
"""A number of a policy: whole, 0 or more."""
SettingValue = NewType("SettingValue", str)
"""The value of a setting as text: a month, a yearly day `MM-DD`, or a word of the policy."""
Condition = NewType("Condition", dict[str, str])
"""The readings of points and the values of settings under which a rule applies, all of them."""

FactName = Literal[
    "relationship_start",
    "relationship_end",
    "members_end",
    "notice",
    "members_notice",
    "activity",
    "contact",
    "dealing",
    "record",
    "record_end",
    "covers",
    "consent_withdrawn",
    "minimum",
]
HeldFrom = Literal["relationship_start", "relationship_end", "activity", "contact", "dealing", "consent_given"]
StartName = Literal[HeldFrom, "data_registered"]
Right = Literal["access", "rectification", "erasure", "restriction", "portability", "objection"]
RIGHTS: tuple[Right, ...] = get_args(Right)
"""The rights of a person, in the order of the format."""
Purpose = Literal["direct_marketing", "other"]
Basis = Literal["authority", "limitation", "misuse", "other"]
Action = Literal["erase", "anonymise", "erase_or_anonymise"]
Trigger = Literal[Right, "consent_withdrawn"]

ALL: Literal["all"] = "all"


@frozen(kw_only=True)
class Wording:
    """A paraphrase in English and Danish, and in Swedish where the policy is Swedish."""

    en: str
    da: str
    sv: str | None = None

    def in_language(self, code: str) -> str:
        """The paraphrase in a language; in English where it lacks that language."""
        words: str | None = getattr(self, code, None)
        return words or self.en


@frozen(kw_only=True)
class Place:
    """Where a clause stands in the policy's text."""

    heading: str
    paragraph: str | None = None
    line: LineNumber | None = None
    lines: tuple[LineNumber, ...] = ()


@frozen(kw_only=True)
class PolicyPoint:
    """A contested point of a policy: its question, its readings, and what each profile picks.

    `member` resolves doubt for the person, `operator` for the controller.
    """

    question: Wording
    readings: dict[PartName, Wording]
    standard: PartName
    member: PartName
    operator: PartName

    def pick(self, profile: ProfileName) -> str:
        """The reading that a profile picks."""
        picks: dict[ProfileName, str] = {
            "standard": self.standard,
            "member": self.member,
            "operator": self.operator,
        }
        return picks[profile]


@frozen(kw_only=True)
class Category:
    """A category of records with one retention rule: what starts a holding of it, and its legal basis.

    `en`, `da`, `sv` say what it holds; `label` is its name in a few words, without which it goes by its id.
    """

    en: str
    da: str
    sv: str | None = None
    label: Wording | None = None
    held_from: tuple[StartName, ...]
    per: Literal["person", "record"] = "person"
    basis: Literal["consent"] | None = None
    purpose: PurposeName | None = None
    duty: Literal["bookkeeping"] | None = None
    role: Literal["controller", "processor"] = "controller"
    needed: Literal["relationship"] | None = None

    @property
    def consent(self) -> str:
        """The purpose of the consent on which the category depends."""
        return self.purpose or "marketing"


# What rules are made of


@frozen(kw_only=True)
class Which:
    """The categories with all of these properties."""

    basis: Literal["consent"] | None = None
    purpose: PurposeName | None = None
    duty: Literal["bookkeeping"] | None = None
    role: Literal["controller", "processor"] | None = None

    def has(self, category: Category) -> bool:
        """Whether the category has them."""
        wanted = (self.basis, self.purpose, self.duty, self.role)
        there = (category.basis, category.purpose, category.duty, category.role)
        return all(want in (None, have) for want, have in zip(wanted, there, strict=True))


@frozen(kw_only=True)
class Derived:
    """A fact derived from others: the first of several that exists, or the day by which one must be acted on."""

    first_of: tuple[FactName, ...] = ()
    fact: FactName | None = None
    span: Literal["undue-delay"] | None = None


Of = Literal["all"] | tuple[CategoryName, ...] | Which
After = tuple[FactName | Derived, ...]


@frozen(kw_only=True)
class Rule:
    """A rule of a clause; `when` says under which readings and settings it applies."""

    name: ClassVar[str]
    when: Condition = Factory(lambda: Condition({}))


@frozen(kw_only=True)
class PeriodRule(Rule):
    """A rule with a period, given by names of numbers; of several units months come first. No name is no time."""

    days: NumberName | None = None
    weeks: NumberName | None = None
    months: NumberName | None = None
    years: NumberName | None = None


@frozen(kw_only=True)
class Timed(PeriodRule):
    """A rule with a trigger and a period."""

    of: Of
    after: After
    from_end_of: Literal["calendar_year", "financial_year"] | None = None
    span: Literal["undue-delay"] | None = None


@frozen(kw_only=True)
class Limit(Timed):
    """The last day on which disposal is in time; never before the latest day of `not_before`."""

    name: ClassVar[str] = "limit"
    not_before: After = ()
    do: Action = "erase"
    customer: Literal["ever", "never"] | None = None
    purpose: PurposeName | None = None


@frozen(kw_only=True)
class NoDate(Rule):
    """The period has begun and has no number."""

    name: ClassVar[str] = "no_date"
    of: Of
    after: After
    customer: Literal["ever", "never"] | None = None


@frozen(kw_only=True)
class Minimum(Timed):
    """Kept on every date before its end."""

    name: ClassVar[str] = "minimum"


@frozen(kw_only=True)
class Inactive(Rule):
    """The day from which the data are inactive, moved to the yearly day of the setting `to` where that is given."""

    name: ClassVar[str] = "inactive"
    of: Of
    after: After
    to: SettingName | None = None


@frozen(kw_only=True)
class StopUse(Rule):
    """The events that end the use of the data on their day; `objection` is an objection to direct marketing."""

    name: ClassVar[str] = "stop_use"
    of: Of
    at: tuple[Literal["consent_withdrawn", "objection"], ...]


@frozen(kw_only=True)
class Hold(Rule):
    """The recorded disputes and holds that suspend disposal; `until: needed` requires the day on which a hold ends."""

    name: ClassVar[str] = "hold"
    of: Of
    kinds: tuple[Literal["dispute", "hold"], ...] = ("dispute", "hold")
    basis: tuple[Basis, ...] = ()
    assessed: bool = False
    until: Literal["needed"] | None = None


@frozen(kw_only=True)
class Moved(Rule):
    """The end of a limit of this policy moves to the yearly day that a setting names."""

    name: ClassVar[str] = "moved"
    of: Of
    to: SettingName


@frozen(kw_only=True)
class Answer(PeriodRule):
    """The day by which a request is answered; without a period the clause names no time.

    `about` names the categories of other persons' data that the request must be about; without it the request is about
    the person's own data.
    """

    name: ClassVar[str] = "answer"
    right: tuple[Right, ...]
    about: tuple[CategoryName, ...] = ()
    purpose: Purpose | None = None
    moved: Literal["working-day"] | None = None
    extended_months: NumberName | None = None


@frozen(kw_only=True)
class UponRequest(Rule):
    """The effect of a request, or a withdrawal of consent, on holdings: erased by a day, kept all the same, restricted.

    With `answered: met` it takes effect when the request is granted.
    """

    name: ClassVar[str] = "upon_request"
    of: Of
    right: tuple[Trigger, ...]
    purpose: Purpose | None = None
    outcome: Literal["erase", "keep", "restrict"] = "erase"
    answered: Literal["met"] | None = None
    span: Literal["undue-delay", "answer"] | None = None


@frozen(kw_only=True)
class Breach(PeriodRule):
    """Who must be notified of a breach, and by when; with `high_risk` only of one with a high risk."""

    name: ClassVar[str] = "breach"
    duty: Literal["notify_authority", "notify_members"]
    high_risk: bool = False


RULES: dict[str, type[Rule]] = {
    rule.name: rule for rule in (Limit, NoDate, Minimum, Inactive, StopUse, Hold, Moved, Answer, UponRequest, Breach)
}
"""Every rule of the policy format by its name."""


@frozen(kw_only=True)
class PolicyClause:
    """A clause in our own words, with either its rules or the reason why it is left out."""

    clause: PartName
    place: Place
    says: Wording
    rules: tuple[Rule, ...] = ()
    left_out: Wording | None = None


@frozen(kw_only=True)
class BoundStatute:
    """A statute that binds only under certain settings."""

    statute: str
    when: Condition


Agreement = Literal["none", "kabelplus-2019-10-30"]
Numbers = dict[PartName, Value]
Settings = dict[SettingName, SettingValue | None]


@frozen(kw_only=True)
class Statute:
    """A statute beside the policies; in force by the date of a request, withdrawal or breach (None: always)."""

    statute: PartName
    title: Wording
    in_force: Day | None
    numbers: Numbers = Factory(dict)
    settings: Settings = Factory(dict)
    points: dict[PartName, PolicyPoint] = Factory(dict)
    clauses: tuple[PolicyClause, ...]

    @property
    def id(self) -> str:
        """The prefix of its clauses, points and numbers."""
        return self.statute


@frozen(kw_only=True)
class Policy:
    """A privacy policy. With an agreement its facts come from the replay, else from the events of a relationship.

    `bound` are its statutes in order, each with the settings under which it binds.
    """

    policy: PartName
    title: Wording
    in_force: Day | None = None
    agreement: Agreement = "none"
    statutes: tuple[str | BoundStatute, ...] = ()
    holidays: Literal["DK"] = "DK"
    numbers: Numbers = Factory(dict)
    settings: Settings = Factory(dict)
    points: dict[PartName, PolicyPoint] = Factory(dict)
    categories: dict[CategoryName, Category]
    clauses: tuple[PolicyClause, ...]
    bound: tuple[Statute, ...] = field(default=(), metadata={"in_file": False})

    @property
    def id(self) -> str:
        """The prefix of its clauses, points and numbers."""
        return self.policy

    @property
    def sources(self) -> "tuple[Policy | Statute, ...]":
        """The policy, then its statutes."""
        return (self, *self.bound)

    def all_points(self) -> dict[str, PolicyPoint]:
        """Every contested point by its prefixed name: the policy's, then those of its statutes."""
        return {f"{each.id}.{name}": point for each in self.sources for name, point in each.points.items()}

    def all_numbers(self) -> dict[str, int]:
        """Every number by its prefixed name."""
        return {f"{each.id}.{name}": value for each in self.sources for name, value in each.numbers.items()}

    def all_settings(self) -> dict[str, str | None]:
        """Every setting with its default; that of the policy counts where a statute has one of the same name."""
        found: dict[str, str | None] = {}
        for each in reversed(self.sources):
            found.update({str(name): value for name, value in each.settings.items()})
        return dict(sorted(found.items()))

    def condition_of(self, statute: Statute) -> Condition:
        """The settings under which a statute binds."""
        for each in self.statutes:
            if isinstance(each, BoundStatute) and each.statute == statute.id:
                return each.when
        return Condition({})

    def categories_of(self, of: Of) -> tuple[str, ...]:
        """The names of the categories to which a rule applies, in the order of the policy."""
        if of == ALL:
            return tuple(self.categories)
        if isinstance(of, Which):
            return tuple(name for name, category in self.categories.items() if of.has(category))
        return tuple(name for name in self.categories if name in of)


def with_statutes(policy: Policy, statutes: dict[str, Statute]) -> Policy:
    """The policy with its statutes, looked up by their ids."""
    names = [each.statute if isinstance(each, BoundStatute) else each for each in policy.statutes]
    return evolve(policy, bound=tuple(statutes[name] for name in names if name in statutes))
