package dev.headwater.backtest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/// Result of a replay: the figures of an evaluation, and counts of the records that went through the stream.
///
/// @param live what the stream said of the same forecasts, as its topic of live accuracy says at the end;
///             null when it said nothing
public record StreamReport(
        @JsonUnwrapped EvaluationReport figures, @Nullable LiveFigures live, Passage stream) {

    /// What went through the stream.
    ///
    /// @param readings          readings sent
    /// @param expected          expected forecasts: one per sensor and slot with a full window
    /// @param missing           expected forecasts that did not come
    /// @param doubled           forecasts that came a second time
    /// @param guarantee         at-least-once or exactly-once
    /// @param readingsPerSecond from the first reading sent to the last forecast read
    public record Passage(
            long readings, long expected, long missing, long doubled, String guarantee, double readingsPerSecond) {}
}
