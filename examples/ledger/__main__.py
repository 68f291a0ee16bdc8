"""`python -m examples.ledger SCENARIO > member.beancount && bean-check member.beancount`."""

import sys

from examples.ledger.ledger import ledger

if __name__ == "__main__":
    sys.stdout.write(ledger(sys.argv[1]))
