#!/usr/bin/env bash
# Tries a release archive as a stranger would, on a system without any Java: unpacks it into a root file system of a few
# commands and C libraries, and runs it there with an empty environment.
#
#   dist/try.sh ARCHIVE.tar.gz [ROOT]
#
# ROOT: another root file system, such as one that `debootstrap --variant=minbase stable ROOT` made; left as it is found.
# DEMO_FOR: how long the demo runs, 30s by default.
# Needs root, or a kernel that lets users have namespaces of their own. Takes about two minutes, most of it the demo's.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. deploy/images/rootfs.sh

readonly TOOLS="bash cat cmp cp dash dirname env find head ls mkdir mv readlink rm sleep"

archive=$1
root=${2:-}
seconds=${DEMO_FOR:-30s}
made=
work=$(mktemp -d)
trap 'rm -rf "$work" ${made:+"$made"}' EXIT

say() { printf 'try: %s\n' "$*" >&2; }

fail() { say "$*"; exit 1; }

namespaces=(--mount --pid --fork)
[ "$(id -u)" -eq 0 ] || namespaces+=(--map-root-user)

# Runs `$@` in the root. What is mounted for it is seen by it alone.
inside() {
    # shellcheck disable=SC2016
    unshare "${namespaces[@]}" bash -c '
        mount --bind "$0" "$0" && mount --rbind /dev "$0/dev" && mount -t proc proc "$0/proc" &&
            exec chroot "$0" /usr/bin/env -i HOME=/tmp PATH=/usr/bin:/bin "$@"' "$root" "$@"
}

# Runs the command `$@` and prints how long it took, called $1.
timed() {
    local name=$1 begun
    shift
    begun=$(date +%s%N)
    "$@" || fail "$name failed"
    say "$name: $((($(date +%s%N) - begun) / 1000000)) ms"
}

(cd "$(dirname "$archive")" && grep "$(basename "$archive")" SHA256SUMS | sha256sum --check --quiet)
tar -xzf "$archive" -C "$work"
home=$(cd "$work" && echo headwater-*)
if [ -z "$root" ]; then
    root=$work/root
    # shellcheck disable=SC2086
    make_root "$root" $TOOLS
    mkdir -p "$root/opt"
    mv "$work/$home" "$root/opt/"
    add_libraries "$root" "opt/$home/runtime"
else
    made=$root/opt/$home
    [ ! -e "$made" ] || fail "$made is there already"
    mv "$work/$home" "$root/opt/"
fi
say "a Java outside of the archive: $(inside bash -c 'command -v java || echo none')"

headwater=/opt/$home/bin/headwater
timed "first start, which archives classes" inside "$headwater" --version
timed "--version" inside "$headwater" --version
timed "--help" inside "$headwater" --help > "$work/help.txt"
timed "doctor" inside "$headwater" doctor > "$work/doctor.txt" || { cat "$work/doctor.txt"; exit 1; }
timed "demo --for $seconds" inside "$headwater" demo --for "$seconds" > "$work/demo.txt" || { cat "$work/demo.txt"; exit 1; }
tail -n 8 "$work/demo.txt"
grep -q '[1-9][0-9]* forecasts received' "$work/demo.txt" || fail "the demo made no forecasts"
