package dev.headwater.lab.engine;

import static java.util.Objects.requireNonNull;

import dev.headwater.forecasting.audio.Clip;
import dev.headwater.forecasting.audio.Stft;
import dev.headwater.lab.data.Continuation;
import dev.headwater.lab.data.DataFolder;
import dev.headwater.lab.data.Dataset;
import dev.headwater.lab.data.Examples;
import dev.headwater.lab.data.SpeechData;
import dev.headwater.lab.data.TrafficData;
import dev.headwater.lab.definition.DataSpec;
import dev.headwater.lab.definition.RowSpec;
import dev.headwater.lab.network.LabNetwork;
import dev.headwater.lab.plot.CurvePanel;
import dev.headwater.lab.plot.CurvePlots;
import dev.headwater.lab.plot.RatePlots;
import dev.headwater.lab.plot.ScatterPlots;
import dev.headwater.lab.plot.SeriesPlots;
import dev.headwater.lab.plot.SoundPlots;
import dev.headwater.trainer.forecast.LearningRateRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// Draws what a run shows, and adds the sentences that go with it.
final class Pictures {

    private static final int MINUTES = 5; // of a step of traffic
    private static final int PER_DAY = 288; // steps of traffic
    private static final int SAMPLE_RATE = 16_000; // of spoken words
    private static final double PER_CENT = 100;

    private final RowSpec row;
    private final DataFolder folder;
    private final RunSettings settings;
    private final Outcome outcome;

    Pictures(RowSpec row, DataFolder folder, RunSettings settings, Outcome outcome) {
        this.row = row;
        this.folder = folder;
        this.settings = settings;
        this.outcome = outcome;
    }

    /// Loss and figure by epoch.
    void curves() {
        List<EpochFigures> curve = outcome.curve();
        double[] epochs = values(curve, EpochFigures::epoch);
        double scale = row.metric().figure().isHigherBetter() ? PER_CENT : 1;
        Double naive = outcome.naiveFigure();
        CurvePanel loss = new CurvePanel(
                "loss", values(curve, EpochFigures::trainLoss), values(curve, EpochFigures::validationLoss));
        CurvePanel figure = new CurvePanel(
                outcome.axis(),
                values(curve, epoch -> scale * epoch.train()),
                values(curve, epoch -> scale * epoch.validation()),
                naive == null ? Double.NaN : scale * naive);
        outcome.picture("curves", CurvePlots.sideBySide("epoch", epochs, loss, figure));
    }

    private static double[] values(List<EpochFigures> curve, ToDoubleFunction<EpochFigures> value) {
        return curve.stream().mapToDouble(value).toArray();
    }

    /// What was predicted beside what came, by the kind of the data.
    void forecasts(Dataset data, Predictor predictor) {
        switch (requireNonNull(row.data()).source()) {
            case DataSpec.Speech speech -> words(speech);
            case DataSpec.Traffic traffic -> traffic(traffic, data, predictor);
            case DataSpec.Synthetic synthetic -> series(synthetic, data, predictor);
            case DataSpec.WeatherWindows weather -> density(weather);
            case DataSpec.WeatherDraws draws -> {}
            case DataSpec.Reviews reviews -> {}
            case DataSpec.Sine sine -> {}
        }
    }

    private void words(DataSpec.Speech speech) {
        PartScore test = requireNonNull(outcome.ours()).test();
        List<String> hardest = requireNonNull(test.confusion()).hardest();
        outcome.note(String.format(
                Locale.ROOT,
                "Test accuracy %.1f %%; hardest to tell apart: %s.",
                PER_CENT * test.figure(),
                String.join(" and ", hardest)));
        outcome.picture("confusion", SoundPlots.confusion(test.confusion()));
        if (row.showsData()) {
            List<Clip> clips = SpeechData.clips(speech, folder, settings.seed()).train();
            List<Clip> shown = new ArrayList<>(SpeechData.firstOfEachWord(clips));
            shown.add(clips.getLast()); // eight words fill a grid of nine but for one
            outcome.picture(
                    "waveforms",
                    SoundPlots.waveforms(
                            shown.stream().map(Clip::word).toList(),
                            shown.stream().map(Pictures::sound).toList(),
                            SAMPLE_RATE));
        }
    }

    /// `[samples]`, from -1 to 1.
    private static float[] sound(Clip clip) {
        float[] sound = new float[clip.samples().length];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = clip.samples()[i] * Stft.SAMPLE;
        }
        return sound;
    }

    private void traffic(DataSpec.Traffic spec, Dataset data, Predictor predictor) {
        TrafficData traffic = TrafficData.load(spec, folder);
        int sensors = data.target().width();
        int steps = data.target().steps();
        float[][] actual = new float[steps][data.test().size() * sensors]; // mph
        float[][] predicted = new float[steps][data.test().size() * sensors]; // mph
        Judge.predict(predictor, data, data.test(), data.test().size(), (example, prediction, target, at) -> {
            for (int i = 0; i < steps * sensors; i++) {
                int step = i / sensors;
                int into = example * sensors + i % sensors;
                actual[step][into] = traffic.targetScale().unscale(target[at + i], step);
                predicted[step][into] = traffic.targetScale().unscale(prediction[at + i], step);
            }
        });
        scatter(actual, predicted);
        firstSensor(traffic, actual[steps - 1], predicted[steps - 1], sensors);
        errors(actual, predicted);
    }

    private void scatter(float[][] actual, float[][] predicted) {
        List<String> titles = new ArrayList<>();
        for (int step = 1; step <= actual.length; step++) {
            titles.add(step * MINUTES + " min");
        }
        outcome.picture("scatter", ScatterPlots.byHorizon("speed, mph", titles, List.of(actual), List.of(predicted)));
    }

    private void firstSensor(TrafficData traffic, float[] actual, float[] predicted, int sensors) {
        float[] came = column(actual, sensors);
        float[] forecast = column(predicted, sensors);
        outcome.picture(
                "sensor",
                SeriesPlots.sensor(
                        "Sensor " + traffic.sensors().getFirst() + ", test span, forecast 1 hour ahead",
                        "speed, mph",
                        PER_DAY,
                        came,
                        forecast));
    }

    /// The values of the first sensor.
    private static float[] column(float[] values, int sensors) {
        float[] out = new float[values.length / sensors];
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i * sensors];
        }
        return out;
    }

    private void errors(float[][] actual, float[][] predicted) {
        double sum = 0;
        for (int step = 0; step < actual.length; step++) {
            for (int i = 0; i < actual[step].length; i++) {
                sum += Math.abs(actual[step][i] - predicted[step][i]) / actual[step].length;
            }
        }
        outcome.note(String.format(
                Locale.ROOT, "Test MAE over all steps %.2f mph, missing readings filled.", sum / actual.length));
    }

    private void series(DataSpec.Synthetic spec, Dataset data, Predictor predictor) {
        Examples part = data.validation();
        float[] actual = new float[part.size()];
        float[] predicted = new float[part.size()];
        Judge.predict(predictor, data, part, part.size(), (example, prediction, target, at) -> {
            actual[example] = target[at];
            predicted[example] = prediction[at];
        });
        outcome.picture("forecast", SeriesPlots.forecast("value", spec.split(), actual, predicted));
    }

    private void density(DataSpec.WeatherWindows spec) {
        if (row.showsData()) {
            new WeatherColumn(spec, folder).describe(outcome);
        }
    }

    /// The learning rate that a sweep suggests.
    void sweep(Fitting fitting) {
        if (row.sweep() == null) {
            return;
        }
        LearningRateRange range = LearningRateRange.of(fitting.rates(), fitting.losses());
        outcome.figure(range.suggestion());
        outcome.note(String.format(
                Locale.ROOT,
                "The loss falls fastest at %.1e and leaves its minimum at %.1e.",
                range.descent(),
                range.blowUp()));
        outcome.picture(
                "sweep",
                RatePlots.sweep(
                        "loss",
                        range.points().stream()
                                .mapToDouble(LearningRateRange.Point::rate)
                                .toArray(),
                        range.points().stream()
                                .mapToDouble(LearningRateRange.Point::smoothed)
                                .toArray(),
                        range.suggestion()));
    }

    /// The network fed its own output.
    void generated(Continuation continuation, LabNetwork network, Dataset data) {
        int steps = requireNonNull(row.generate()).steps();
        float[] generated = Generation.run(network::predict, data, continuation, steps);
        outcome.picture("generated", SeriesPlots.generated(continuation.truth(steps), continuation.given(), generated));
    }
}
