"""`python -m subsim` is the command `subsim`."""

from subsim.cli import main

if __name__ == "__main__":
    main(prog_name="subsim")
