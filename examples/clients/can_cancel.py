"""Ask the desk whether member 10042 can cancel on 31 August 2020; needs nothing but Python."""

import json
import os
import sys
from urllib.error import HTTPError
from urllib.request import Request, urlopen

DESK = os.environ.get("SUBSIM_DESK_URL", "http://127.0.0.1:8000")


def main() -> int:
    """Print the answer, or what is wrong with the question."""
    request = Request(f"{DESK}/api/v1/members/10042/can-cancel?date=2020-08-31")
    if token := os.environ.get("SUBSIM_TOKEN"):
        request.add_header("Authorization", f"Bearer {token}")
    try:
        with urlopen(request) as response:
            answer = json.load(response)
    except HTTPError as error:
        problem = json.load(error)
        print(problem["detail"], file=sys.stderr)
        for fault in problem["errors"]:
            print(f"{fault['pointer'] or fault['parameter']}: {fault['message']}", file=sys.stderr)
        return 1
    print(f"can cancel: {answer['can_cancel']}, earliest end: {answer['earliest_end']}, because {answer['because']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
