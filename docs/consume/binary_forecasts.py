"""Prints forecasts in binary form, given in hexadecimal, one a line, as the JSON that they stand for."""

import json
import struct
import sys
from datetime import datetime, timezone

HEAD = struct.Struct(">BBBBqqiiHH")


def decode(value):
    magic, version, flags, abstained, issued, step, observed, lookback, n, intervals = HEAD.unpack_from(value)
    if (magic, version) != (0x9F, 1):
        raise ValueError("no forecast in binary form, version 1")
    at = HEAD.size

    def take(form):
        nonlocal at
        parts = struct.unpack_from(">" + form, value, at)
        at += struct.calcsize(">" + form)
        return parts

    def floats():
        return [None if x != x else x for x in take(f"{n}f")]  # NaN: no number

    def text():
        return take(f"{take('H')[0]}s")[0].decode()

    values = floats()
    bounds = [{"level": take("d")[0], "lower": floats(), "upper": floats()} for _ in range(intervals)]
    forecast = {"sensor": text(), "model": text(), "artefact": text()}  # what comes after them is for later versions
    forecast |= bounds[0] if bounds else {}
    issued_at = datetime.fromtimestamp(issued / 1000, timezone.utc)
    return forecast | {
        "issuedAt": f"{issued_at:%Y-%m-%dT%H:%M:%SZ}", "intervalSeconds": step / 1000, "values": values,
        "wider": bounds[1:], "observed": observed, "lookback": lookback, "borrowed": bool(flags & 1),
        "abstained": ["", "too few readings", "the model gave no numbers"][abstained],
    }


for line in sys.stdin:
    print(json.dumps(decode(bytes.fromhex(line))))
