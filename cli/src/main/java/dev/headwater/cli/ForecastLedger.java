package dev.headwater.cli;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.evaluation.HorizonErrors;
import dev.headwater.forecasting.evaluation.IntervalScores;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesHistory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Books the forecasts that come off the topic: which (sensor, slot) are there, which twice, and how good they are.
/// Not thread-safe.
final class ForecastLedger {

    private final Series series;
    private final ChronologicalSplit.Range range;
    private final WindowSpec window;
    private final SlotClock clock;
    private final SeriesHistory truth;
    private final Map<String, BitSet> seen = new HashMap<>(); // by sensor, a bit per row of the newest slot
    private final HorizonErrors errors;
    private final List<IntervalScores> intervals = new ArrayList<>();
    private long distinct;
    private long doubled;
    private long judged;
    private long abstained;

    /// @param range windows whose forecasts are judged; forecasts of later slots, whose truth lies beyond, are only
    /// booked
    ForecastLedger(Series series, ChronologicalSplit.Range range) {
        this.series = series;
        this.range = range;
        this.window = series.network().window();
        this.clock = series.network().clock();
        this.truth = new SeriesHistory(series);
        this.errors = new HorizonErrors(window.horizon());
        for (String sensor : series.sensors()) {
            seen.put(sensor, new BitSet());
        }
    }

    /// Rows that the readings of the range's windows and of their truth lie on: first row.
    int firstRow() {
        return range.first();
    }

    /// One past the last of those rows.
    int endRow() {
        return range.end() + window.spanWithHorizon() - 1;
    }

    /// Forecasts that must be there in the end: one per sensor and slot with a full window.
    long expected() {
        return expected(endRow());
    }

    /// Forecasts that must be there when only the rows before `end` were sent.
    long expected(int end) {
        return (long) series.sensors().size() * Math.max(0, end - firstRow() - window.span() + 1);
    }

    void take(Forecast forecast) {
        int row = (int) (clock.slotOf(forecast.issuedAt()) - series.firstSlot());
        BitSet rows = seen.get(forecast.sensor());
        if (rows == null || row < 0) {
            throw new IllegalStateException("forecast of a sensor or slot that was never sent: " + forecast);
        }
        if (rows.get(row)) {
            doubled++;
            return;
        }
        rows.set(row);
        distinct++;
        int first = row - window.span() + 1;
        if (first >= range.first() && first < range.end()) {
            judge(forecast);
        }
    }

    private void judge(Forecast forecast) {
        if (forecast.abstained()) {
            abstained++;
            return;
        }
        judged++;
        Forecast.Interval interval = forecast.interval();
        if (interval != null && intervals.isEmpty()) {
            intervals.add(new IntervalScores(interval.level()));
        }
        long slot = clock.slotOf(forecast.issuedAt());
        for (int step = 0; step < window.horizon(); step++) {
            float actual = truth.target(forecast.sensor(), slot + window.lead(step + 1));
            errors.add(step, forecast.values()[step], actual);
            if (interval != null) {
                intervals.getFirst().add(interval.lower()[step], interval.upper()[step], actual);
            }
        }
    }

    HorizonErrors errors() {
        return errors;
    }

    List<IntervalScores> intervals() {
        return intervals;
    }

    /// Different (sensor, slot) booked.
    long distinct() {
        return distinct;
    }

    /// Forecasts that came again.
    long doubled() {
        return doubled;
    }

    /// Forecasts held against the truth.
    long judged() {
        return judged;
    }

    /// Windows of the range from which the stream abstained.
    long abstained() {
        return abstained;
    }

    /// Rows of a sensor's newest slots for which a forecast came.
    BitSet rows(String sensor) {
        return seen.getOrDefault(sensor, new BitSet());
    }
}
