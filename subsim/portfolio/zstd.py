"""zstd: Python's own from 3.14 on, and until then its backport."""

import sys

if sys.version_info >= (3, 14):
    from compression.zstd import CompressionParameter, ZstdError, ZstdFile
else:
    from backports.zstd import CompressionParameter, ZstdError, ZstdFile

__all__ = ["CompressionParameter", "ZstdError", "ZstdFile"]
