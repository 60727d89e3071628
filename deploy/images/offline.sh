#!/usr/bin/env bash
# Builds the images without an image registry, from files of this machine: a JRE that jlink cuts from the JDK (the
# modules of a release, dist/runtime.args), this system's bash and C libraries, and the jars that Maven fetched for the
# command (Kafka's broker is among them). For tests, not for production.
#
#   deploy/images/offline.sh [headwater|kafka ...]      default: both
#
# Makes headwater-jre:local, headwater:local and kafka:local. Needs a JDK 25 with jmods or a linkable runtime, a Docker
# engine, and the built command (`mvn package -pl cli -am -Dmaven.test.skip=true`).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly JRE_TAG=headwater-jre:local
readonly KAFKA_TAG=kafka:local
readonly TOOLS="bash cat chmod dash env ls mkdir rm sleep touch"

work=target/images
root=$work/rootfs

. deploy/images/rootfs.sh

say() { printf 'images: %s\n' "$*" >&2; }

build_jre() {
    say "JRE from $JAVA_HOME"
    # shellcheck disable=SC2086
    make_root "$root" $TOOLS
    mkdir -p "$root/opt/java"
    "$JAVA_HOME/bin/jlink" @dist/runtime.args --output "$root/opt/java/openjdk"
    add_libraries "$root" opt/java/openjdk
    tar -C "$root" --owner=0 --group=0 -c . |
        docker import --change 'ENV PATH=/opt/java/openjdk/bin:/bin' - "$JRE_TAG" > /dev/null
    rm -rf "$root"
}

# The classic builder needs no plugin and no image.
export DOCKER_BUILDKIT=0
base=(--build-arg "JRE_IMAGE=$JRE_TAG")

# The last line that `$@` says, without the builder's word that it is old.
quietly() {
    "$@" 2>&1 | grep -v -i deprecated | tail -n 1 >&2
}

build_headwater() {
    say "headwater:local"
    quietly deploy/images/build.sh "${base[@]}"
}

build_kafka() {
    local context=$work/kafka jar
    say "$KAFKA_TAG"
    rm -rf "$context"
    mkdir -p "$context/libs" "$context/data"
    cp deploy/images/kafka/* "$context/"
    for jar in cli/target/headwater/lib/*.jar; do
        case ${jar##*/} in
            headwater-* | nd4j-* | deeplearning4j-* | openblas-* | javacpp-* | rocksdbjni-* | kafka-streams-* | fastutil-*) ;;
            *) cp "$jar" "$context/libs/" ;;
        esac
    done
    quietly docker build --quiet "${base[@]}" -t "$KAFKA_TAG" "$context"
    rm -rf "$context"
}

[ -f cli/target/headwater/headwater.jar ] || { say "cli/target/headwater is missing: build the command first"; exit 1; }
JAVA_HOME=$(./headwater --java-home)
mkdir -p "$work"
build_jre
[ $# -gt 0 ] || set -- headwater kafka
for image in "$@"; do
    case $image in
        headwater) build_headwater ;;
        kafka) build_kafka ;;
        *) say "unknown image '$image': headwater or kafka"; exit 2 ;;
    esac
done
