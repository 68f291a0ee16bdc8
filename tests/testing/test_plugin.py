"""The plugin of pytest, run as its users run it: nothing unless it is asked, then a test for each case."""

import pytest

# a run within a test forgets the modules that it is the first to import, so they are imported before
import subsim.api
import subsim.checks.check
import subsim.testing.judgement
import subsim.testing.plugin
import subsim.testing.request  # noqa: F401

pytest_plugins = ("pytester",)

PLUGIN = ("-p", "no:subsim", "-p", "subsim.testing.plugin", "-p", "no:hypothesispytest", "-p", "no:cacheprovider")
STORY = """\
scenario: A member leaves
prices: {basis: 149.00}
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis}
  - {date: 2020-04-15, event: give_notice}
expect:
  state: ending
variants:
  - name: under 30 days
    until: 2020-12-31
    readings: {ordinary-notice: thirty-days}
    expect: {ended_on: 2020-05-15}
"""


@pytest.fixture
def folder(pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder with a scenario whose variant expects an end within the binding, other YAML, and a test."""
    (pytester.mkdir("stories") / "leaving.yaml").write_text(STORY, encoding="utf-8")
    (pytester.path / "compose.yaml").write_text("services: {web: {image: nginx}}\n", encoding="utf-8")
    pytester.makepyfile("def test_one(): pass")
    return pytester


def run(folder: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return folder.runpytest_inprocess(*PLUGIN, *arguments)


def test_yaml_is_left_alone_until_it_is_asked_for(folder: pytest.Pytester) -> None:
    run(folder).assert_outcomes(passed=1)


def test_a_case_is_a_test_and_fails_with_the_expectation_in_its_place(folder: pytest.Pytester) -> None:
    result = run(folder, "--subsim", "stories")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "stories/leaving.yaml:12:24: ended_on: expected 2020-05-15, found 2020-07-15 (*",
            "  12 |     expect: {ended_on: 2020-05-15}",
            "FAILED stories/leaving.yaml::under 30 days*",
        ]
    )
    assert "Traceback" not in result.stdout.str()


def test_scenarios_named_in_the_configuration_run_beside_the_tests(folder: pytest.Pytester) -> None:
    folder.makeini("[pytest]\nsubsim = stories\n")
    run(folder).assert_outcomes(passed=2, failed=1)
    run(folder, "stories/leaving.yaml").assert_outcomes(passed=1, failed=1)


def test_a_profile_wins_over_the_file(folder: pytest.Pytester) -> None:
    result = run(folder, "--subsim", "stories", "--subsim-profile", "operator")
    result.stdout.fnmatch_lines(["*state: expected ending, found bound (*"])


def test_a_file_that_cannot_be_read_is_a_failing_test(folder: pytest.Pytester) -> None:
    (folder.path / "stories" / "leaving.yaml").write_text("scenario: [", encoding="utf-8")
    result = run(folder, "--subsim", "stories")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*leaving.yaml:1:* this is not YAML*"])


def test_what_is_not_there_is_an_error_of_the_command_line(folder: pytest.Pytester) -> None:
    result = run(folder, "--subsim", "no-such-folder")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: --subsim: there is no file or folder no-such-folder"])


def test_the_same_files_run_against_the_system_under_test(folder: pytest.Pytester) -> None:
    """It ends everything 30 days after the notice, and knows no states."""
    folder.makeconftest(
        """
        import pytest

        def replay(request):
            if request["until"] < "2020-05-15":
                raise NotImplementedError("states")
            return {"subscriptions": [{"id": "main", "ended_on": "2020-05-15"}]}

        @pytest.fixture
        def subsim_system():
            return replay
        """
    )
    run(folder, "--subsim", "stories").assert_outcomes(passed=1, skipped=1)
