#!/usr/bin/env bash
# Builds Headwater's image from the built command (`mvn package -pl cli -am -Dmaven.test.skip=true`), tagged with its
# version, and as headwater:local for tests and compose.
#
#   deploy/images/build.sh [option of docker build ...]      e.g. --build-arg JRE_IMAGE=...
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

version=$(sed -n 's|^  <version>\(.*\)</version>$|\1|p' pom.xml)
revision=$(git describe --always --dirty 2> /dev/null || echo "unknown revision")
exec docker build --quiet -f deploy/images/Dockerfile --build-arg "VERSION=$version" --build-arg "REVISION=$revision" \
    -t "headwater:$version" -t headwater:local "$@" .
