"""The bytes of an input file, and the faults where it cannot be read."""

from subsim.basics.faults import START, InputError, InputErrors
from subsim.basics.texts import Message, system_message
from subsim.files.yaml_nodes import LARGEST_FILE


def bytes_of(name: str) -> bytes:
    """The bytes of an input file, up to the largest size allowed; InputErrors where it cannot be read."""
    try:
        with open(name, "rb") as file:
            return file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        message = Message("the file cannot be read: {why}", why=system_message(error))
        raise InputErrors([InputError(file=name, line=START.line, column=START.column, text=message)]) from None
