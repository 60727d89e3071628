package dev.headwater.benchmarks.pipeline;

import dev.headwater.benchmarks.stream.Answers;
import dev.headwater.benchmarks.stream.PacedRounds;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Times from when readings are due until their forecasts are read. A reading that is sent late because the one
/// before it was is still counted from when it was due, so nothing is omitted when the stream is slow.
final class Latencies implements Answers {

    private static final int DIGITS = 3;
    private static final long MAX_MICROS = 600_000_000;
    private static final double MICROS = 1e3; // of a millisecond

    private volatile @Nullable Rounds counted;

    /// Rounds that are counted, and what was found.
    private static final class Rounds {
        private final PacedRounds paced;
        private final Histogram each = new Histogram(MAX_MICROS, DIGITS); // us
        private final long[] last; // [round] us

        Rounds(PacedRounds paced) {
            this.paced = paced;
            this.last = new long[paced.toSlot() - paced.fromSlot()];
        }

        void add(int sensor, int slot) {
            if (paced.include(sensor, slot)) {
                long micros = (System.nanoTime() - paced.due(sensor, slot)) / 1_000;
                each.recordValue(Math.clamp(micros, 0, MAX_MICROS));
                int round = slot - paced.fromSlot();
                last[round] = Math.max(last[round], micros);
            }
        }

        Histogram rounds() {
            Histogram rounds = new Histogram(MAX_MICROS, DIGITS);
            Arrays.stream(last).forEach(micros -> rounds.recordValue(Math.clamp(micros, 0, MAX_MICROS)));
            return rounds;
        }
    }

    /// From now on counts the answers to these rounds.
    void count(PacedRounds rounds) {
        counted = new Rounds(rounds);
    }

    @Override
    public void add(int sensor, int slot, byte[] value) {
        Rounds now = counted;
        if (now != null) {
            now.add(sensor, slot);
        }
    }

    /// The 99th percentile in milliseconds, with other figures. When all answers were taken.
    ///
    /// @throws IllegalStateException when nothing was counted
    Measured measured() {
        Rounds now = counted;
        if (now == null) {
            throw new IllegalStateException("no rounds are counted");
        }
        Map<String, Double> details = new TreeMap<>();
        details.put("p50", now.each.getValueAtPercentile(50) / MICROS);
        details.put("p999", now.each.getValueAtPercentile(99.9) / MICROS);
        details.put("max", now.each.getMaxValue() / MICROS);
        details.put("count", (double) now.each.getTotalCount());
        if (now.paced.spread() == PacedRounds.Spread.AT_ONCE) {
            Histogram rounds = now.rounds(); // until the last of a round
            details.put("wholeTickP50", rounds.getValueAtPercentile(50) / MICROS);
            details.put("wholeTickP99", rounds.getValueAtPercentile(99) / MICROS);
        }
        return new Measured(now.each.getValueAtPercentile(99) / MICROS, details);
    }
}
