package dev.headwater.streams;

import dev.headwater.forecasting.Words;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Reports how far the stream has come through the past, and when it is live. Not thread-safe.
final class BackfillLines {

    private static final Duration RARELY = Duration.ofSeconds(5);

    private final PastPolicy policy;
    private final MeterRegistry registry;
    private final LongSupplier nanos;
    private final Consumer<String> notice;
    private long begunNanos;
    private long saidNanos;
    private boolean begun;
    private boolean done;

    /// @param registry has the stream's metrics
    /// @param nanos    a clock, as [System#nanoTime()]
    /// @param notice   receives the lines
    BackfillLines(PastPolicy policy, MeterRegistry registry, LongSupplier nanos, Consumer<String> notice) {
        this.policy = policy;
        this.registry = registry;
        this.nanos = nanos;
        this.notice = notice;
    }

    /// Reports what is new, at most once every few seconds.
    void look() {
        if (done) {
            return;
        }
        long all = value(StreamMetrics.PAST);
        long remaining = value(StreamMetrics.PAST_REMAINING);
        long now = nanos.getAsLong();
        if (remaining == 0) {
            done = true;
            end(all, now);
        } else if (!begun) {
            begin(all, remaining, now);
        } else if (now - saidNanos >= RARELY.toNanos()) {
            saidNanos = now;
            notice.accept("%d %% of the past is taken in, %s remain"
                    .formatted(100 * (all - remaining) / all, Words.count(remaining, "reading")));
        }
    }

    private void begin(long all, long remaining, long now) {
        begun = true;
        begunNanos = now;
        saidNanos = now;
        String fate = switch (policy) {
            case ISSUE -> "their forecasts are issued";
            case WARM -> "they only warm the state";
        };
        notice.accept("the past: %s on the topic before the first start, %s remain; %s"
                .formatted(Words.count(all, "reading"), Words.count(remaining, "reading"), fate));
    }

    private void end(long all, long now) {
        if (begun) {
            notice.accept("the past is taken in, %s, %.1f s since this start; live from here on"
                    .formatted(Words.count(all, "reading"), (now - begunNanos) / 1e9));
        }
    }

    private long value(String metric) {
        Gauge gauge = registry.find(metric).gauge();
        return gauge == null ? 0 : (long) gauge.value();
    }
}
