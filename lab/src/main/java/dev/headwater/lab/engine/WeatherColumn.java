package dev.headwater.lab.engine;

import dev.headwater.lab.data.ColumnStatistics;
import dev.headwater.lab.data.DataFolder;
import dev.headwater.lab.data.WeatherWindowData;
import dev.headwater.lab.definition.DataSpec;
import dev.headwater.lab.plot.SeriesPlots;
import java.util.Locale;

/// The column that a row of weather forecasts: over time, and its mean and deviation in each part (the exercise
/// of
/// document 001).
record WeatherColumn(DataSpec.WeatherWindows spec, DataFolder folder) {

    private static final int PER_DAY = 144;
    private static final int DAYS = 10;

    void describe(Outcome outcome) {
        for (ColumnStatistics part : WeatherWindowData.statistics(spec, folder)) {
            outcome.note(String.format(
                    Locale.ROOT,
                    "%s: %,d rows, mean %.1f and deviation %.1f, normalised %.3f and %.3f.",
                    part.part(),
                    part.rows(),
                    part.mean(),
                    part.deviation(),
                    part.meanAfter(),
                    part.deviationAfter()));
        }
        outcome.picture(
                "data",
                SeriesPlots.wholeAndDays(
                        spec.target(), spec.target(), PER_DAY, WeatherWindowData.column(spec, folder), DAYS));
    }
}
