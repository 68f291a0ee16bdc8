"""Files that are written whole or not at all."""

import os
from tempfile import NamedTemporaryFile


def write_atomically(data: bytes, path: str) -> None:
    """Write beside the file and then put it in its place, so that nobody finds half a file; OSError where it cannot."""
    with NamedTemporaryFile(dir=os.path.dirname(path) or os.curdir, prefix=".subsim-", delete=False) as file:
        try:
            file.write(data)
            file.close()
            os.chmod(file.name, 0o666 & ~_umask())
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
