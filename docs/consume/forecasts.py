"""Prints the forecasts on a topic, from its beginning, until it is stopped. Arguments: HOST:PORT TOPIC"""

import json
import sys
from datetime import datetime, timedelta

from confluent_kafka import Consumer

consumer = Consumer({
    "bootstrap.servers": sys.argv[1],
    "group.id": "forecasts-py",
    "auto.offset.reset": "earliest",  # where the group has not read before
    "isolation.level": "read_committed",  # leaves out what a stream with exactly-once has taken back
})
consumer.subscribe([sys.argv[2]])
try:
    while True:
        record = consumer.poll(1.0)
        if record is None:
            continue
        if record.error():
            print(record.error(), file=sys.stderr)
            continue
        forecast = json.loads(record.value())
        issued = datetime.fromisoformat(forecast["issuedAt"].replace("Z", "+00:00"))
        head = f"{forecast['sensor']} at {issued:%Y-%m-%dT%H:%M:%SZ}"
        if "abstained" in forecast:
            print(f"{head}: no forecast, {forecast['abstained']}", flush=True)
            continue
        values = forecast["values"]  # value i is for issuedAt + (i + 1) * intervalSeconds
        last = issued + timedelta(seconds=len(values) * forecast["intervalSeconds"])
        line = f"{head}: {values[-1]} at {last:%Y-%m-%dT%H:%M:%SZ}"
        if "level" in forecast:
            line += f", from {forecast['lower'][-1]} to {forecast['upper'][-1]} with probability {forecast['level']}"
        print(line, flush=True)
except KeyboardInterrupt:
    pass
finally:
    consumer.close()
