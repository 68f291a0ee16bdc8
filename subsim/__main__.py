"""The command `subsim`, also as `python -m subsim`."""


def main() -> None:
    """Run the command line; the signals are answered before anything else is loaded."""
    try:
        from subsim.shell.signals import answer_signals

        answer_signals()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    from subsim.shell.entry import run_command_line

    run_command_line()


if __name__ == "__main__":
    main()
