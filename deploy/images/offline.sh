#!/usr/bin/env bash
# Builds the images without an image registry, from files of this machine: a JRE that jlink cuts from the
# JDK, this system's bash and C libraries, and the jars that Maven fetched for the command (Kafka's broker is among
# them). For tests, not for production.
#
#   deploy/images/offline.sh [headwater|kafka ...]      default: both
#
# Makes headwater-jre:local, headwater:local and kafka:local. Needs a JDK 25 with jmods or a linkable runtime, a Docker
# engine, and the built command (`mvn package -pl cli -am -Dmaven.test.skip=true`).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly JRE_TAG=headwater-jre:local
readonly HEADWATER_TAG=headwater:local
readonly KAFKA_TAG=kafka:local
# java.desktop: DL4J's and jHDF's beans; jdk.unsupported: javacpp; java.security.*, jdk.crypto.*: TLS and SASL.
readonly MODULES=java.base,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.security.sasl,java.sql,java.xml,jdk.crypto.ec,jdk.httpserver,jdk.incubator.vector,jdk.jfr,jdk.management,jdk.net,jdk.security.jgss,jdk.unsupported,jdk.zipfs
readonly TOOLS="bash cat chmod dash env ls mkdir rm sleep touch"

work=target/images
root=$work/rootfs

say() { printf 'images: %s\n' "$*" >&2; }

# The files of this system that file $1 is linked with, the dynamic loader included.
linked() {
    { ldd "$1" 2> /dev/null || true; } | grep -oE '/[^ ]+\.so[^ ]*' || true
}

libraries() {
    local file
    for file in "$root"/bin/* "$root/opt/java/openjdk/bin/java"; do linked "$file"; done
    find "$root/opt/java/openjdk/lib" -name '*.so' | while IFS= read -r file; do linked "$file"; done
    # What natives in jars are linked with.
    ldconfig -p | awk '/lib(stdc\+\+\.so\.6|gcc_s\.so\.1|z\.so\.1|m\.so\.6|rt\.so\.1) / { print $NF }'
}

jlink() {
    rm -rf "$root/opt/java"
    mkdir -p "$root/opt/java"
    "$JAVA_HOME/bin/jlink" --add-modules "$MODULES" --strip-debug --no-header-files --no-man-pages \
        --output "$root/opt/java/openjdk"
}

make_root() {
    local tool library
    rm -rf "$root"
    mkdir -p "$root"/{bin,dev,etc,proc,sys,tmp,usr}
    chmod 1777 "$root/tmp"
    ln -s ../bin "$root/usr/bin"
    for tool in $TOOLS; do cp -L "$(type -P "$tool")" "$root/bin/"; done
    ln -s dash "$root/bin/sh"
    jlink
    libraries | grep -v "^$PWD/" | sort -u | while IFS= read -r library; do
        mkdir -p "$root$(dirname "$library")"
        cp -L "$library" "$root$library"
    done
    printf 'root:x:0:0:root:/root:/bin/sh\nkafka:x:1000:1000::/tmp:/bin/sh\nheadwater:x:65532:65532::/data:/bin/sh\n' > "$root/etc/passwd"
    printf 'root:x:0:\nkafka:x:1000:\nheadwater:x:65532:\n' > "$root/etc/group"
    printf 'hosts: files dns\n' > "$root/etc/nsswitch.conf"
}

build_jre() {
    say "JRE from $JAVA_HOME"
    make_root
    tar -C "$root" --owner=0 --group=0 -c . |
        docker import --change 'ENV PATH=/opt/java/openjdk/bin:/bin' - "$JRE_TAG" > /dev/null
    rm -rf "$root"
}

# The classic builder needs no plugin and no image.
build() {
    DOCKER_BUILDKIT=0 docker build --quiet --build-arg "JRE_IMAGE=$JRE_TAG" "$@" 2>&1 | grep -v -i deprecated | tail -n 1 >&2
}

build_headwater() {
    say "$HEADWATER_TAG"
    build -f deploy/images/Dockerfile --build-arg "REVISION=$(git describe --always --dirty 2> /dev/null || echo "unknown revision")" -t "$HEADWATER_TAG" .
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
    build -t "$KAFKA_TAG" "$context"
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
