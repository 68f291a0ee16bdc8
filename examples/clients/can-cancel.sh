#!/bin/sh
# Ask the desk whether member 10042 can cancel on 31 August 2020.
set -eu
desk=${SUBSIM_DESK_URL:-http://127.0.0.1:8000}
curl -sS --fail-with-body \
    ${SUBSIM_TOKEN:+-H "Authorization: Bearer $SUBSIM_TOKEN"} \
    "$desk/api/v1/members/10042/can-cancel?date=2020-08-31"
echo
