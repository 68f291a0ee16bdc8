"""`python -m subsim` is the command `subsim`."""

from subsim.shell.commands import main

if __name__ == "__main__":
    main(prog_name="subsim")
