package dev.headwater.backtest;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.evaluation.Evaluation;
import dev.headwater.forecasting.evaluation.Scorer;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesHistory;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/// Records the forecasts read from the topic: which (sensor, slot) are there, which came twice, and their
/// errors. Not thread-safe.
public final class ForecastLedger {

    private final Series series;
    private final ChronologicalSplit.Range range;
    private final WindowSpec window;
    private final SlotClock clock;
    private final Map<String, BitSet> seen = new HashMap<>(); // by sensor, a bit per row of the newest slot
    private final Scorer scorer;
    private long distinct;
    private long doubled;
    private long abstained;

    /// @param range windows whose forecasts are evaluated; forecasts of later slots, whose truth is not in
    ///              the range, are only counted
    public ForecastLedger(Series series, ChronologicalSplit.Range range) {
        this.series = series;
        this.range = range;
        this.window = series.network().window();
        this.clock = series.network().clock();
        this.scorer = new Scorer(window, new SeriesHistory(series), Scorer.Sink.NONE);
        for (String sensor : series.sensors()) {
            seen.put(sensor, new BitSet());
        }
    }

    /// First row of the readings that the range's windows and their truths need.
    public int firstRow() {
        return range.first();
    }

    /// One past the last of those rows.
    public int endRow() {
        return range.end() + window.spanWithHorizon() - 1;
    }

    /// Slot of the last forecasts that are evaluated.
    long lastIssued() {
        return series.firstSlot() + range.end() - 1 + window.span() - 1;
    }

    /// Forecasts that must be there in the end: one per sensor and slot with a full window.
    public long expected() {
        return expected(endRow());
    }

    /// Forecasts that must be there when only the rows before `end` were sent.
    public long expected(int end) {
        return (long) series.sensors().size() * Math.max(0, end - firstRow() - window.span() + 1);
    }

    public void take(Forecast forecast) {
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
        } else {
            long slot = clock.slotOf(forecast.issuedAt());
            scorer.add(forecast.sensor(), slot, forecast.values(), 0, forecast.intervals());
        }
    }

    /// Number of different (sensor, slot) received.
    public long distinct() {
        return distinct;
    }

    /// Number of forecasts that came again.
    public long doubled() {
        return doubled;
    }

    /// The figures of the range's windows.
    public Evaluation.Result result() {
        return Evaluation.Result.of(scorer, abstained);
    }

    /// Rows at which a sensor has a forecast; a forecast's row is that of its window's newest slot.
    public BitSet rows(String sensor) {
        return seen.getOrDefault(sensor, new BitSet());
    }
}
