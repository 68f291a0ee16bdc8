"""Help and faults of the command line, click's own words among them, in English and Danish."""

import gettext
import os

import click
import pytest
from click.testing import CliRunner, Result

from subsim.basics.languages import language
from subsim.shell.commands import main
from subsim.shell.help import Commands
from subsim.shell.options import language_asked_for
from tests.support.command import subsim as subsim_process
from tools.catalogue import WORDS_OF_CLICK, Message, commands, help_texts

COMMANDS = commands(main, click.Context(main, obj=language("en")))
FAULTS = [
    ("can-cancel", "Der mangler argumentet 'FIL'."),
    ("draw x.yaml", "Der mangler tilvalget '-o' / '--output'."),
    ("portfolio", "Der mangler en kommando."),
    ("can-cancle", "Ukendt kommando: 'can-cancle'. Mente du 'can-cancel'?"),
    ("portfolio rum", "Ukendt kommando: 'rum'. Mente du 'run'?"),
    ("run --zzz", "Ukendt tilvalg: '--zzz'."),
    ("run --formt json", "Ukendt tilvalg: '--formt'. Mente du '--format'?"),
    (
        "can-cancel x.yaml --dat 2020-04-15",
        "Ukendt tilvalg: '--dat'. (Mente du en af følgende: '--database', '--date', '--format'?)",
    ),
    (
        "clauses --format jsn",
        "Ugyldig værdi for '--format': ukendt format: 'jsn'; mente du 'json'?\nmulighederne er table og json",
    ),
    (
        "replay x.yaml --until 2020-02-30",
        "Ugyldig værdi for '--until': '2020-02-30': den dag findes ikke i kalenderen",
    ),
    ("explore --events two", "Ugyldig værdi for '--events': 'two' er ikke et helt tal."),
    ("conformance --timeout x", "Ugyldig værdi for '--timeout': 'x' er ikke et antal sekunder"),
    ("explore --events 5", "Ugyldig værdi for '--events': 5 er ikke i området 1<=x<=4."),
    ("run --coverage=yes", "Tilvalget '--coverage' tager ingen værdi."),
    ("can-cancel x.yaml more", "Der er et argument for meget (more)"),
    ("can-cancel x.yaml more yet", "Der er argumenter for meget (more yet)"),
]


def subsim(line: str, locale: str = "en_GB.UTF-8") -> Result:
    """The command in this process, 80 characters wide."""
    environment = {"COLUMNS": "80", "LC_ALL": None, "LC_MESSAGES": None, "LANGUAGE": None, "LANG": locale}
    return CliRunner().invoke(main, line.split(), env=environment, prog_name="subsim")


# Help


def test_the_help_of_a_command_in_danish() -> None:
    assert (
        subsim("can-cancel --help --lang da").stdout
        == """\
Brug: subsim can-cancel [TILVALG] FIL

  Svar på, om medlemmet kan sige op: hvornår, hvordan, til hvilken pris og
  hvorfor.

  Med `-` som FIL læses standardinput.

Tilvalg:
  --date DATO                     Dagen, hvor opsigelsen modtages.  [standard: i
                                  dag]
  --wanted-end DATO               Spørg også, hvilken opsigelse der giver ophør
                                  netop denne dag, den første uden adgang.
  --subscription ID               Hvilket abonnement, hvis medlemmet har flere.
  --law [beside|off]              Vis, hvad ufravigelig lov giver ved siden af
                                  aftalen, eller udelad det.  [standard: beside]
  --terms FIL                     Sæt filens tal og fortolkninger og de
                                  ændringer, den varsler, i stedet for
                                  vilkårenes; se `subsim terms`.
  --profile [standard|member|operator]
                                  Fortolk som denne profil, hvor der er
                                  fortolkningstvivl, uanset hvad filen siger.
  --reading TVIVL=FORTOLKNING     Vælg fortolkningen ved én fortolkningstvivl;
                                  se `subsim readings`.
  --number NAVN=VÆRDI             Sæt et andet tal i stedet for et af
                                  vilkårenes; se `subsim readings`.
  --assume ID=VÆRDI               Antag noget om det uvisse: letter=2020-03-05,
                                  letter=2020-03-01..2020-03-13, activated=yes
                                  eller =no.
  --database URL                  Medlemsbasen, SQLite eller PostgreSQL.
                                  [standard: SUBSIM_DATABASE eller
                                  sqlite:///members.db]
  --known-at TIDSPUNKT            Spørg om @ID ud fra det, der var registreret
                                  på det tidspunkt: et tidspunkt med tidszone
                                  eller en dato.
  --format [table|json]           [standard: table]
  --lang [en|da]                  Sproget i alt, hvad mennesker læser; JSON er
                                  ens på alle sprog.  [standard: systemets
                                  sprog]
  -h, --help                      Vis denne hjælp, og afslut.
"""
    )


def test_the_help_of_a_group_of_commands_in_danish() -> None:
    assert (
        subsim("portfolio -h", locale="da_DK.UTF-8").stdout
        == """\
Brug: subsim portfolio [TILVALG] KOMMANDO [ARGUMENTER]...

  Gennemspil alle medlemmer på én gang, eller opdigt nogle.

  Kræver udvidelsen `portfolio`.

Tilvalg:
  --lang [en|da]  Sproget i alt, hvad mennesker læser; JSON er ens på alle
                  sprog.  [standard: systemets sprog]
  -h, --help      Vis denne hjælp, og afslut.

Kommandoer:
  compare    Vis, for hvilke medlemmer to headere gør en forskel.
  contested  Vis, for hvem det gør en forskel, hvordan en uklar bestemmelse...
  generate   Lav en realistisk, opdigtet medlemsbestand.
  law        Fortæl, hvem aftalen giver mindre end ufravigelig lov.
  retention  Vis, hvad der skal slettes: slettelisten for alle medlemmer.
  run        Gennemspil alle medlemmer i en fil, og gør resultatet op.
"""
    )


def test_the_list_of_all_commands_in_danish() -> None:
    assert "\n  letter         Skriv svaret som et brev til medlemmet.\n" in subsim("--lang da --help").stdout


def test_the_command_alone_shows_its_help_in_the_language_of_the_locale() -> None:
    assert subsim("", locale="da_DK.UTF-8").stderr == subsim("--help --lang da").stdout


def test_an_option_that_must_be_given_in_danish() -> None:
    assert "Mappen til resultaterne.  [skal angives]\n" in subsim("portfolio run --lang da -h").stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_no_english_is_left_in_the_danish_help_of_a_command(command: str) -> None:
    shown = " ".join(subsim(f"{command} --help --lang da").stdout.split())
    english = [" ".join(text.split()) for text in ("Usage:", "Options:", "Commands:", "[default", *help_texts())]
    assert shown.startswith(f"Brug: {f'subsim {command}'.strip()} [TILVALG]")
    same = {"ID", "URL", "N", "HEADER"}  # the same word in both
    assert [text for text in english if text in shown and text not in same] == []


def test_every_group_has_the_help_of_its_commands_translated() -> None:
    groups = {path: type(group) for path, group in COMMANDS.items() if isinstance(group, click.Group)}
    assert [path for path, group in groups.items() if not issubclass(group, Commands)] == []


def test_every_command_takes_a_language() -> None:
    options = {path: [opt for param in command.params for opt in param.opts] for path, command in COMMANDS.items()}
    assert [path for path, opts in options.items() if "--lang" not in opts] == []


# Faults


@pytest.mark.parametrize(("line", "fault"), FAULTS)
def test_a_fault_of_the_command_line_is_told_in_danish(line: str, fault: str) -> None:
    result = subsim(f"{line} --lang da")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith(f"Fejl: {fault}\n")


def test_a_whole_fault_in_danish() -> None:
    assert subsim("what-if x.yaml", locale="da_DK.UTF-8").stderr == (
        "Brug: subsim what-if [TILVALG] FIL\n"
        "Få hjælp med 'subsim what-if --help'.\n"
        "\n"
        "Fejl: Der mangler tilvalget '--try'.\n"
    )


def test_an_option_without_its_value_in_danish() -> None:
    assert subsim("can-cancel x.yaml --lang da --date").stderr == "Fejl: Tilvalget '--date' kræver en værdi.\n"


@pytest.mark.parametrize("line", ["--lang da run --zzz", "run --lang=da --zzz", "run --zzz --lang da"])
def test_the_language_counts_wherever_it_stands(line: str) -> None:
    assert subsim(line).stderr.endswith("Fejl: Ukendt tilvalg: '--zzz'.\n")


def test_a_language_before_the_command_is_that_of_its_answer() -> None:
    answer = subsim("--lang da run gone.yaml").stderr
    assert answer == "gone.yaml: filen kan ikke læses: filen eller mappen findes ikke\n"


def test_an_unknown_language_is_told_in_that_of_the_locale() -> None:
    english, danish = (subsim("clauses --lang de", locale=f"{code}.UTF-8").stderr for code in ("en_GB", "da_DK"))
    assert english.endswith("Error: Invalid value for '--lang': no language is called 'de'\nthere are en and da\n")
    assert danish.endswith("Fejl: Ugyldig værdi for '--lang': ukendt sprog: 'de'\nmulighederne er en og da\n")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), "en"),
        (("run", "--lang", "da"), "da"),
        (("--lang=da", "run"), "da"),
        (("--lang", "da", "run", "--lang", "en"), "en"),
        (("--lang", "da", "run", "--lang", "de"), "da"),
        (("run", "--lang"), "en"),
        (("run", "--", "--lang", "da"), "en"),
    ],
)
def test_the_last_language_that_there_is_counts(arguments: tuple[str, ...], code: str) -> None:
    assert language_asked_for(arguments, {"LANG": "en_GB.UTF-8"}).code == code


# English, and what is left behind


def test_english_faults_are_as_click_has_them() -> None:
    assert subsim("can-cancel --dat").stderr == (
        "Usage: subsim can-cancel [OPTIONS] FILE\n"
        "Try 'subsim can-cancel --help' for help.\n"
        "\n"
        "Error: No such option '--dat'. (Did you mean one of: '--database', '--date', '--format'?)\n"
    )


def test_english_help_is_as_the_commands_have_it() -> None:
    assert (
        subsim("portfolio generate --help --lang en", locale="da_DK.UTF-8").stdout
        == """\
Usage: subsim portfolio generate [OPTIONS]

  Make up a realistic member base.

  Writes MEMBERS and, in the same folder, header.yaml.

Options:
  --members INTEGER RANGE  How many members.  [0<=x<=10000000; required]
  --seed INTEGER           The same seed gives the same members.  [required]
  --years INTEGER RANGE    Years of history.  [default: 3; 1<=x<=7]
  -o, --output MEMBERS     The file to write: .ndjson, .ndjson.gz, .ndjson.zst
                           or .parquet.  [required]
  --retention NAME|FILE    Make facts about personal data by this policy.
  --workers INTEGER RANGE  Processes to work on.  [default: one a processor]
                           [1<=x<=256]
  --lang [en|da]           The language of what people read; JSON is the same in
                           all.  [default: by locale]
  -h, --help               Show this message and exit.
"""
    )


@pytest.mark.parametrize("line", ["--help", "run --help", "run --zzz"])
def test_a_call_in_one_language_leaves_the_next_its_own(line: str) -> None:
    english, danish = (subsim(f"--lang {code} {line}").output for code in ("en", "da"))
    assert english != danish
    assert [subsim(f"--lang {code} {line}").output for code in ("en", "da")] == [english, danish]


@pytest.mark.parametrize("wishes", [None, "sv:en"])
def test_gettext_is_put_back_as_it_was(
    wishes: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANGUAGE", wishes or "")
    if wishes is None:
        monkeypatch.delenv("LANGUAGE")
    with pytest.raises(SystemExit):
        main(["--help", "--lang", "da"])
    assert capsys.readouterr().out.startswith("Brug: ")
    assert (gettext.textdomain(), os.environ.get("LANGUAGE")) == ("messages", wishes)


def test_danish_letters_that_a_terminal_lacks_are_no_fault() -> None:
    result = subsim_process("--lang", "da", "--help", PYTHONIOENCODING="iso-8859-7")
    assert (result.returncode, result.stderr) == (0, "")
    assert "Gennemg? alle sm? forl?b" in result.stdout


# The words of click in the catalogue


def test_the_catalogue_has_the_words_that_click_asks_for_and_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[Message] = set()

    def one(_domain: str, message: str) -> str:
        asked.add(message)
        return message

    def one_or_several(_domain: str, first: str, several: str, _number: int) -> str:
        asked.add((first, several))
        return first

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(gettext, "dgettext", one)
    monkeypatch.setattr(gettext, "dngettext", one_or_several)
    for line in (
        *(f"{command} --help" for command in COMMANDS),
        *(line for line, _ in FAULTS),
        "portfolio --lang en",
        "run --lang",
    ):
        subsim(line)
    monkeypatch.setattr(click.Group, "parse_args", interrupted)
    subsim("run")
    assert asked == set(WORDS_OF_CLICK)


def test_click_judges_no_values_but_whole_numbers() -> None:
    types = {type(param.type) for command in COMMANDS.values() for param in command.params}
    clicks = {each for each in types if each.__module__.startswith("click")}
    assert clicks == {type(click.STRING), type(click.BOOL), type(click.INT), click.IntRange}
