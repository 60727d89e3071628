package dev.headwater.cli;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.reading.Series;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntPredicate;

/// Reads the forecasts topic, committed records only, and records when each (sensor, issued-at) arrived and how
/// often. Thread-safe.
final class Arrivals implements AutoCloseable {

    private final Series series;
    private final int firstRow; // with a full window
    private final Map<String, Integer> index = new HashMap<>();
    private final long[][] nanos; // [sensor][row], of the first arrival
    private final int[][] count; // [sensor][row]
    private final TopicReader reader;
    private final CompletableFuture<Void> done;
    private volatile boolean stopping;

    private Arrivals(ClientConfig client, Series series) {
        this.series = series;
        this.firstRow = series.network().window().lookback() - 1;
        int sensors = series.sensors().size();
        for (int s = 0; s < sensors; s++) {
            index.put(series.sensors().get(s), s);
        }
        this.nanos = new long[sensors][series.slots()];
        this.count = new int[sensors][series.slots()];
        this.reader = TopicReader.open(client, Topics.of(series.network()).forecasts());
        this.done = CompletableFuture.runAsync(this::read, Thread.ofPlatform().name("arrivals")::start);
    }

    static Arrivals start(ClientConfig client, Series series) {
        return new Arrivals(client, series);
    }

    private void read() {
        ForecastCodec codec = new ForecastCodec(series.network());
        try (reader) {
            while (!stopping) {
                reader.poll().forEach(record -> book(codec.decode(record.value())));
            }
            reader.drain(record -> book(codec.decode(record.value())));
        }
    }

    private synchronized void book(Forecast forecast) {
        int sensor = index.get(forecast.sensor());
        int row = (int) (series.network().clock().slotOf(forecast.issuedAt()) - series.firstSlot());
        if (count[sensor][row]++ == 0) {
            nanos[sensor][row] = System.nanoTime();
        }
    }

    /// True when each sensor has a forecast at every row before this one.
    synchronized boolean isComplete(int endRow) {
        return tally(endRow).missing() == 0;
    }

    /// @param endRow one past the last row that must have a forecast
    synchronized Tally tally(int endRow) {
        long missing = 0;
        long doubled = 0;
        long forecasts = 0;
        for (int s = 0; s < count.length; s++) {
            for (int row = 0; row < series.slots(); row++) {
                missing += row >= firstRow && row < endRow && count[s][row] == 0 ? 1 : 0;
                doubled += Math.max(0, count[s][row] - 1);
                forecasts += Math.min(1, count[s][row]);
            }
        }
        return new Tally(forecasts, missing, doubled);
    }

    /// The longest time within a span that one of the sensors got no forecast, in ns, of the gaps that end within
    /// the span. A gap without a forecast before it starts with the span.
    synchronized long longestGap(long from, long to, IntPredicate sensors) {
        long longest = 0;
        for (int s = 0; s < nanos.length; s++) {
            if (sensors.test(s)) {
                longest = Math.max(longest, longestGap(nanos[s], from, to));
            }
        }
        return longest;
    }

    private static long longestGap(long[] arrivals, long from, long to) {
        long[] sorted = Arrays.stream(arrivals)
                .filter(at -> at != 0 && at <= to)
                .sorted()
                .toArray();
        long longest = 0;
        long last = from;
        for (long at : sorted) {
            if (at > from) {
                longest = Math.max(longest, at - last);
            }
            last = at;
        }
        return longest;
    }

    /// The longest time from when a reading was due to when its forecast arrived, of those due within a span, in ns.
    synchronized long longestDelay(long from, long to, SteadyFeed feed) {
        long longest = 0;
        for (int s = 0; s < nanos.length; s++) {
            for (int row = firstRow + 1; row < series.slots(); row++) {
                long due = feed.dueNanos(row, s);
                if (due >= from && due < to && count[s][row] > 0) {
                    longest = Math.max(longest, nanos[s][row] - due);
                }
            }
        }
        return longest;
    }

    /// Returns once everything is read that was committed when this was called.
    @Override
    public void close() {
        stopping = true;
        done.join();
    }

    /// @param forecasts different (sensor, issued-at)
    /// @param missing   of the expected forecasts
    /// @param doubled   forecasts that came again
    record Tally(long forecasts, long missing, long doubled) {

        boolean isExact() {
            return missing == 0 && doubled == 0;
        }
    }
}
