# shellcheck shell=bash
# How Headwater's JVM is started. Read by ./headwater and by bin/headwater of a release, which set before:
#   java_home    the Java that runs it
#   jvm_args     the file jvm.args beside this one
#   jar          the jar to run
#   archive      where its classes are archived; empty: nowhere
#   archive_log  what is said while that is done
#   revision     the commit that was built: a model states it as its origin
# and define say().

# An archive that does not fit the options, such as another collector, is passed over, and that is not worth a word.
readonly silent="-Xlog:cds*=off,class+path=off"

# True when an archive of this build's classes is to be made; an empty one is an attempt that failed.
is_unarchived() {
    [ -n "$archive" ] && [ -w "$(dirname "$archive")" ] && is_archive_wanted || return 1
    [ ! -f "$archive" ] || [ -n "$(find "$(dirname "$jar")" -name '*.jar' -newer "$archive" -print | head -n 1)" ]
}

# Keeps the classes that a start loads as the JVM needs them (class-data sharing). Without it, starts take longer.
# Commands that are started at the same time may each make one: the last one stays.
make_archive() {
    local list=$archive.list.$$ made=$archive.new.$$ started=$SECONDS
    rm -f "$archive"
    if ! {
        java_quietly -XX:DumpLoadedClassList="$list" -cp "$jar" dev.headwater.cli.Rehearsal &&
            java_quietly -Xshare:dump -XX:SharedClassListFile="$list" -XX:SharedArchiveFile="$made" -cp "$jar" &&
            java_quietly "$silent" -XX:SharedArchiveFile="$made" -version
    }; then
        say "commands will start more slowly, as their classes could not be archived (log: $archive_log)"
        : > "$made"
    else
        say "archived its classes in $((SECONDS - started)) s"
    fi
    cp "$java_home/release" "$archive.jdk"
    mv "$made" "$archive"
    rm -f "$list"
}

java_quietly() {
    env -u JAVA_TOOL_OPTIONS -u JDK_JAVA_OPTIONS "$java_home/bin/java" "@$jvm_args" "$@" > "$archive_log" 2>&1 < /dev/null
}

# False when the user's own options are about such archives, as with JAVA_OPTS=-Xshare:auto; two do not go together.
is_archive_wanted() {
    case "${JAVA_OPTS:-} ${HEADWATER_OPTS:-} ${JDK_JAVA_OPTIONS:-} ${JAVA_TOOL_OPTIONS:-}" in
        *AOT* | *Xshare* | *Archive* | *ClassList*) return 1 ;;
    esac
}

# Only the JDK that made an archive can use it.
is_archive_usable() {
    [ -n "$archive" ] && [ -s "$archive" ] && cmp -s "$archive.jdk" "$java_home/release" && is_archive_wanted
}

# Runs the command line `$@` in place of this script.
start() {
    local archived='' heap=''
    if is_archive_usable; then
        archived=("$silent" -XX:SharedArchiveFile="$archive")
    fi
    # The page's server keeps a day of each sensor, some 10 kB, and little else lives long: this heap is for 10,000
    # sensors, 12,000 at most; JAVA_OPTS=-Xmx1g for more. A collector that grows the heap when it is slow took a
    # gigabyte on a busy machine. A file that is sent with --from is read into memory, so then the default limit stays.
    # The archive would add 40 MiB to its memory.
    if [ "${1:-}" = dashboard ]; then
        archived=
        heap="-XX:+UseSerialGC -Xms32m -Xmn16m -XX:TrimNativeHeapInterval=5000 -XX:+ExitOnOutOfMemoryError"
        case " $* " in
            *" --from"*) ;;
            *) heap="$heap -Xmx148m" ;;
        esac
    fi
    # Headwater computes in parallel itself; OpenMP threads below that only get in each other's way.
    export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}"
    # JAVA_OPTS and HEADWATER_OPTS hold several words each, and come last to win.
    # shellcheck disable=SC2086
    exec "$java_home/bin/java" "@$jvm_args" \
        -Dheadwater.revision="$revision" \
        ${archived:+"${archived[@]}"} $heap ${JAVA_OPTS:-} ${HEADWATER_OPTS:-} \
        -jar "$jar" "$@"
}
