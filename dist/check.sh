#!/usr/bin/env bash
# Builds the release archives of the checked-out commit twice, each in a clone of its own in a folder of another name, and
# compares them. Takes two whole builds; needs no network when Maven has been here before.
#
#   dist/check.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Clones $1 into folder $2 and builds there.
build() {
    git clone -q "$1" "$2"
    (cd "$2" && mvn -q -B -ntp -Pdist -pl dist -am -Dmaven.test.skip=true package)
    cat "$2/dist/target/SHA256SUMS"
}

one=$work/one
another=$work/another/folder
build . "$one"
build "$one" "$another"
if ! cmp "$one/dist/target/SHA256SUMS" "$another/dist/target/SHA256SUMS"; then
    echo "check: the builds differ" >&2
    diff -rq "$one/dist/target/archive" "$another/dist/target/archive" >&2 || true
    exit 1
fi
echo "check: both builds are the same to the byte" >&2
