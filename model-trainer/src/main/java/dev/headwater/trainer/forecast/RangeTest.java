package dev.headwater.trainer.forecast;

import dev.headwater.kernels.Seq2SeqShape;
import dev.headwater.trainer.TrainingListener;
import dev.headwater.trainer.TrainingSettings;
import dev.headwater.trainer.layer.RangeSchedule;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.dataset.DataSet;

/// Runs the updates of a [LearningRateRange].
final class RangeTest {

    private final TrainingSettings settings;
    private final TrainingWindows windows;
    private final Seq2SeqShape shape;
    private final BatchEncoder encoder;
    private final int batch;

    RangeTest(
            TrainingSettings settings,
            TrainingWindows windows,
            Seq2SeqShape shape,
            TrainingRun.BatchEncoderFactory encoders) {
        this.settings = settings;
        this.windows = windows;
        this.shape = shape;
        this.batch = Math.min(settings.batch(), windows.size());
        this.encoder = encoders.of(batch);
    }

    /// Ends early when the loss is not finite, or the thread is interrupted.
    LearningRateRange run(TrainingListener listener) {
        RangeSchedule schedule =
                new RangeSchedule(LearningRateRange.FROM, LearningRateRange.TO, LearningRateRange.UPDATES);
        ResumableRandom random = new ResumableRandom(settings.seed());
        List<Double> rates = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        listener.epochStarted(1, 1, (long) batch * LearningRateRange.UPDATES);
        windows.shuffle(random);
        int from = 0;
        try (Learner learner = new Learner(shape, settings, schedule)) {
            double loss = 0;
            for (int update = 0; update < LearningRateRange.UPDATES && Double.isFinite(loss); update++) {
                if (Thread.currentThread().isInterrupted()) {
                    break;
                }
                if (from + batch > windows.size()) {
                    windows.shuffle(random);
                    from = 0;
                }
                DataSet data = encoder.encode(windows, from, batch, random);
                loss = learner.fit(data, random);
                from += batch;
                rates.add(schedule.valueAt(update, 0));
                losses.add(loss);
                listener.batch((long) batch * (update + 1), loss);
            }
        }
        return LearningRateRange.of(rates, losses);
    }
}
