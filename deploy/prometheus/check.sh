#!/usr/bin/env bash
# Shows alerting at work: starts a broker, `headwater serve` and Prometheus, waits until Prometheus has scraped its
# metrics, including every metric that rules and dashboards query, kills the stream, and waits until the alert for a
# stopped stream fires. Prints the answers of Prometheus' API.
# Needs `prometheus` and `promtool` on the PATH, curl, and the built command. Takes about a minute and a half.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly PROMETHEUS_PORT=${PROMETHEUS_PORT:-19090} METRICS_PORT=${METRICS_PORT:-19464} KAFKA_PORT=${KAFKA_PORT:-19092}
readonly NETWORK=simulated-city PATIENCE=180

work=$(mktemp -d)
started=()
trap 'kill "${started[@]}" 2> /dev/null || true; wait 2> /dev/null || true; rm -rf "$work"' EXIT

say() { printf 'check: %s\n' "$*" >&2; }

# Starts `$2...` in the background, with its output in file $1.
start() {
    local log=$work/$1
    shift
    "$@" > "$log" 2>&1 &
    started+=($!)
}

# Waits until command `$2...` succeeds; $1 says what for.
await() {
    local what=$1 deadline=$((SECONDS + PATIENCE))
    shift
    until "$@" > /dev/null 2>&1; do
        if [ "$SECONDS" -gt "$deadline" ]; then
            say "gave up waiting for $what"
            tail -n 5 "$work"/*.log >&2
            return 1
        fi
        sleep 0.5
    done
    say "$what (${SECONDS} s)"
}

api() { curl -fsS --get "http://127.0.0.1:$PROMETHEUS_PORT/api/v1/$1" "${@:2}"; }

# True when the query has a result.
holds() { api query --data-urlencode "query=$1" | grep -q '"value"'; }

show() { printf '%s\n' "$1"; api query --data-urlencode "query=$1"; echo; }

# The metrics that rules and dashboards query. Left out: metrics of Prometheus itself, of garbage collections (there may
# have been none), and of sound (a stream of traffic does not report them).
asked_for() {
    grep -hE '"?expr"?:|^ +(sum|max|min|/|>) ' deploy/prometheus/rules/*.yml deploy/grafana/dashboards/*.json |
        grep -oE '\b(headwater|kafka|jvm|process)_[a-z0-9_]+\b' | grep -vE '^jvm_gc_|^headwater_(keywords|classification|training)_' | sort -u
}

check_metrics() {
    local metric missing=
    for metric in $(asked_for); do
        holds "count($metric)" || missing="$missing $metric"
    done
    [ -z "$missing" ] || { say "rules or dashboards ask for what a running stream does not report:$missing"; return 1; }
    say "a running stream reports all $(asked_for | wc -l) metrics that rules and dashboards ask for"
}

mkdir "$work/prometheus"
cp -r deploy/prometheus/prometheus.yml deploy/prometheus/rules "$work/prometheus/"
printf -- '- targets: ["127.0.0.1:%s"]\n' "$METRICS_PORT" > "$work/prometheus/targets.yml"

./headwater --version >&2
start broker.log ./headwater broker --port "$KAFKA_PORT" --data-dir "$work/broker"
bootstrap=localhost:$KAFKA_PORT
await "topics are there" ./headwater topics apply --network "$NETWORK" --bootstrap "$bootstrap"
./headwater train --network "$NETWORK" --from simulator --registry "$work/models" --epochs 1 --windows-per-epoch 4096 \
    --hidden 8 > "$work/train.log" 2>&1
start serve.log ./headwater serve --network "$NETWORK" --model "$work/models/$NETWORK/latest" --bootstrap "$bootstrap" \
    --data-dir "$work/data" --metrics-port "$METRICS_PORT"
serve=${started[-1]}
start ingest.log ./headwater ingest --network "$NETWORK" --history PT2H --bootstrap "$bootstrap"
start prometheus.log prometheus --config.file="$work/prometheus/prometheus.yml" --storage.tsdb.path="$work/tsdb" \
    --web.listen-address="127.0.0.1:$PROMETHEUS_PORT"

await "Prometheus has scraped forecasts" holds "headwater_forecasts_total{network=\"$NETWORK\"} > 0"
show "headwater_forecasts_total"
check_metrics
kill -9 "$serve"
wait "$serve" 2> /dev/null || true
say "killed the stream"
await "the alert fires" holds 'ALERTS{alertname="HeadwaterStreamStopped",alertstate="firing"}'
show 'ALERTS{alertname="HeadwaterStreamStopped"}'
api alerts
echo
