package dev.headwater.backtest;

import dev.headwater.backtest.AgeReport.Age;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.baseline.Persistence;
import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.evaluation.Evaluation;
import dev.headwater.forecasting.evaluation.HorizonErrors;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesHistory;
import dev.headwater.forecasting.reading.SeriesSeasonalStates;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.streams.ServedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Forecasts of sensors that the model has never seen, from their first reading on, by their day of life.
///
/// The sensors begin several times after the training part, each time without a state of their own; the other
/// sensors' states are those at that time. So nothing that is forecast is known before, and each day of life has
/// several weekdays.
public final class ColdStart {

    private static final int LIFE = 28; // days
    private static final int[][] SPANS = {{1, 1}, {3, 3}, {7, 7}, {14, 14}, {28, 28}, {1, 7}, {8, 14}, {15, 28}, {8, 28}
    }; // days

    private final SensorNetwork network;
    private final Series others;
    private final Series newcomers;
    private final int slotsPerDay;
    private final int[] starts; // rows

    /// @param series    all sensors, those that the model was trained on included
    /// @param newcomers the sensors that begin
    /// @throws InvalidInputException when what follows the training part is shorter than their life
    public ColdStart(Series series, Set<String> newcomers) {
        this.network = series.network();
        this.others = series.only(sensor -> !newcomers.contains(sensor));
        this.newcomers = series.only(newcomers::contains);
        this.slotsPerDay = network.clock().slotsPerDay();
        this.starts = starts(ChronologicalSplit.of(series).trainRows(), series.slots());
    }

    /// Every five days and five hours, so that lives begin on different weekdays and at different times.
    private int[] starts(int first, int rows) {
        int every = 5 * slotsPerDay + 5 * slotsPerDay / 24;
        int last = rows - LIFE * slotsPerDay - network.window().spanWithHorizon();
        if (last < first) {
            throw new InvalidInputException("network " + network.name() + ": " + LIFE
                    + " days must follow the training part, found " + (rows - first) / slotsPerDay);
        }
        return IntStream.iterate(first, row -> row <= last, row -> row + every).toArray();
    }

    /// Number of windows.
    public long windows() {
        return (long) starts.length * newcomers.sensors().size() * LIFE * slotsPerDay;
    }

    /// Evaluates a model on the new sensors.
    ///
    /// @param beside   another model, which knows the sensors' readings before they begin; null for none
    /// @param progress receives the number of windows done so far
    public AgeReport run(ServedModel model, @Nullable ServedModel beside, LongConsumer progress) {
        long begun = System.nanoTime();
        HorizonErrors[] own = errors();
        HorizonErrors[] persistence = errors();
        HorizonErrors[] known = errors();
        for (int i = 0; i < starts.length; i++) {
            long before = (long) i * newcomers.sensors().size() * LIFE * slotsPerDay;
            SeasonalStates shared = SeriesSeasonalStates.after(others, starts[i], SeasonalStates.of(network))
                    .lending();
            live(starts[i], model, shared, own, done -> progress.accept(before + done));
            live(
                    starts[i],
                    new ServedModel(new Persistence(network.window().horizon(), 0), null, shared),
                    shared,
                    persistence,
                    done -> {});
            if (beside != null) {
                SeasonalStates theirs = SeriesSeasonalStates.after(newcomers, starts[i], SeasonalStates.of(network));
                live(starts[i], beside, theirs, known, done -> {});
            }
        }
        List<Age> ages = new ArrayList<>();
        for (int[] span : SPANS) {
            HorizonErrors mae = over(own, span);
            Double other = beside == null ? null : over(known, span).meanMae();
            ages.add(new Age(
                    span[0], span[1], mae.meanMae(), over(persistence, span).meanMae(), other, mae.count(0)));
        }
        return new AgeReport(
                network.name(),
                model.id(),
                beside == null ? null : beside.id(),
                newcomers.sensors().size(),
                starts.length,
                ages,
                (System.nanoTime() - begun) / 1e9);
    }

    private HorizonErrors[] errors() {
        return IntStream.range(0, LIFE)
                .mapToObj(day -> new HorizonErrors(network.window().horizon()))
                .toArray(HorizonErrors[]::new);
    }

    /// @param ages `[day of life]`, gets the errors
    private void live(
            int start, ServedModel model, SeasonalStates before, HorizonErrors[] ages, LongConsumer progress) {
        WindowSpec window = network.window();
        Series life = newcomers
                .head(start + LIFE * slotsPerDay + window.spanWithHorizon() - window.span())
                .tail(start);
        ChronologicalSplit.Range all = new ChronologicalSplit.Range(0, life.slots() - window.spanWithHorizon() + 1);
        new Evaluation(life, new SeriesHistory(life, before), all)
                .errors(
                        model.forecaster(),
                        null,
                        (sensor, slot, step, forecast, truth) -> {
                            long issued = slot - window.lead(step + 1);
                            ages[(int) ((issued - life.firstSlot()) / slotsPerDay)].add(step, forecast, truth);
                        },
                        progress);
    }

    private HorizonErrors over(HorizonErrors[] ages, int[] span) {
        HorizonErrors sum = new HorizonErrors(network.window().horizon());
        for (int day = span[0]; day <= span[1]; day++) {
            sum.addAll(ages[day - 1]);
        }
        return sum;
    }
}
