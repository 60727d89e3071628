#!/usr/bin/env bash
# Builds the release archives of the checked-out commit twice, each in a clone of its own in a folder of another name, and
# compares them. Takes two whole builds; needs no network when Maven has been here before.
#
#   dist/check.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Clones into folder $1 and builds with umask $2.
build() {
    mkdir -p "$work/$1"
    git clone -q . "$work/$1"
    (umask "$2" && cd "$work/$1" && mvn -q -B -ntp -Pdist -pl dist -am -Dmaven.test.skip=true package)
    cat "$work/$1/dist/target/SHA256SUMS"
}

build one 022 > "$work/one.sums"
build another/folder 077 > "$work/another.sums"
cat "$work/one.sums"
if ! cmp "$work/one.sums" "$work/another.sums"; then
    cat "$work/another.sums"
    echo "check: the builds differ" >&2
    diff -rq "$work/one/dist/target/archive" "$work/another/folder/dist/target/archive" >&2 || true
    exit 1
fi
echo "check: both builds are the same to the byte" >&2
