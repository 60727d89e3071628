package dev.headwater.streams;

import java.time.Duration;

/// Requests commits before the commit interval is over, with exactly once, where forecasts are visible at a commit.
///
/// While many forecasts are issued, each commit costs throughput, so the interval counts. While they are few, or when
/// no more come after those of a slot, a part of the interval is enough. After an early commit the task works for at
/// least as long as it took: where commits are slow, as on a busy broker, Kafka Streams would else process a record
/// or two between them, and never catch up. Not thread-safe.
final class EarlyCommit {

    private static final int PARTS = 4; // of the commit interval
    private static final long LEAST = 25; // milliseconds of a part: a commit takes a few
    private static final int FEW = 100; // forecasts of a task in a part
    private static final long NEVER = -1;

    private final Runnable commit;
    private final long partMillis;
    private int issued; // since the last request
    private int seen; // of these, those at the last look
    private int before; // of these, those of earlier parts
    private long requestedAt = NEVER;
    private long workUntil;
    private long part; // counted by the clock, so that all tasks of a thread share a commit

    /// @param commit requests a commit
    EarlyCommit(Duration commitInterval, Runnable commit) {
        this.commit = commit;
        this.partMillis = Math.max(LEAST, commitInterval.toMillis() / PARTS);
    }

    /// Notes a forecast.
    void issued() {
        issued++;
    }

    /// Called at short intervals.
    ///
    /// @param now the clock, milliseconds
    void look(long now) {
        if (requestedAt != NEVER) { // it was done since
            workUntil = now + (now - requestedAt);
            requestedAt = NEVER;
        }
        boolean pause = issued == seen;
        seen = issued;
        if (issued == 0 || now / partMillis == part || now < workUntil) {
            return;
        }
        part = now / partMillis;
        if (pause || issued - before <= FEW) {
            commit.run();
            requestedAt = now;
            issued = 0;
            seen = 0;
        }
        before = issued;
    }
}
