package dev.headwater.trainer.forecast;

import dev.headwater.forecasting.feature.Features;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.window.History;
import dev.headwater.forecasting.window.WindowBatch;
import dev.headwater.kernels.Seq2SeqShape;
import dev.headwater.trainer.TrainingSettings;
import dev.headwater.trainer.layer.Floats;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/// Encodes windows of history as DL4J data sets, with the features of the stream. The arrays are reused: a data
/// set is valid until the next call.
final class BatchEncoder {

    private static final int PART = 128;

    private final Series series;
    private final Features features;
    private final Seq2SeqShape shape;
    private final WindowSpec window;
    private final double unseenShare;
    private final double youngShare;
    private final @Nullable YoungSensors youngSensors; // null when their share is 0
    private final double inputDropout;
    private final WindowBatch[][] young; // [part][life of young sensors]
    private final WindowBatch[] parts; // of PART windows each, encoded in parallel
    private float[] rows; // [window][row length]
    private float[] truths; // [window][horizon], 0 where missing
    private float[] weights; // [window][horizon], 0 where missing
    private @Nullable DataSet last;

    BatchEncoder(
            Series series,
            History history,
            @Nullable YoungSensors youngSensors,
            Features features,
            int batch,
            TrainingSettings settings) {
        this.series = series;
        this.features = features;
        this.shape = features.shape();
        this.window = series.network().window();
        this.unseenShare = settings.unseenShare();
        this.youngShare = settings.youngShare();
        this.youngSensors = youngSensors;
        this.inputDropout = settings.inputDropout();
        this.parts = new WindowBatch[Math.ceilDiv(batch, PART)];
        this.young = new WindowBatch[parts.length][];
        for (int part = 0; part < parts.length; part++) {
            young[part] = youngSensors == null ? new WindowBatch[0] : youngSensors.batches();
            parts[part] = new WindowBatch(series.network(), PART, history);
        }
        this.rows = new float[batch * shape.rowLength()];
        this.truths = new float[batch * shape.horizon()];
        this.weights = new float[batch * shape.horizon()];
    }

    /// Encodes `count` pairs from `from` on. The label mask averages to 1 over the batch, so that the loss is the mean
    /// over the observed truths (`masked_mae` of Wu et al., *Graph WaveNet*, 2019).
    DataSet encode(TrainingWindows pairs, int from, int count, RandomGenerator random) {
        long seed = random.nextLong();
        int observed = IntStream.range(0, Math.ceilDiv(count, PART))
                .parallel()
                .map(part -> encodePart(pairs, from, part, count, seed + part))
                .sum();
        float weight = (float) count * shape.horizon() / observed;
        for (int i = 0; i < count * shape.horizon(); i++) {
            weights[i] *= weight;
        }
        return write(count);
    }

    /// Random numbers depend on the part alone, so the rows do not depend on the number of threads.
    ///
    /// @return observed truths
    private int encodePart(TrainingWindows pairs, int from, int part, int count, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        int observed = 0;
        for (int w = part * PART; w < Math.min(count, (part + 1) * PART); w++) {
            int sensor = pairs.sensor(from + w);
            int first = pairs.first(from + w);
            encodeWindow(part, sensor, first, w, random);
            if (random.nextDouble() < unseenShare && !shape.embeddings().isEmpty()) {
                rows[w * shape.rowLength() + shape.idsOffset()] = Features.UNSEEN;
            }
            dropInputs(w, random);
            observed += encodeTruths(sensor, first + window.span() - 1, w * shape.horizon());
        }
        return observed;
    }

    private void encodeWindow(int part, int sensor, int first, int w, RandomGenerator random) {
        WindowBatch batch = parts[part];
        if (youngSensors != null && random.nextDouble() < youngShare) {
            WindowBatch found = youngSensors.at(sensor, first, young[part], random);
            batch = found == null ? batch : found;
        }
        batch.clear();
        batch.add(series, sensor, first);
        features.encode(batch, 0, rows, w);
    }

    /// Drops measures over the whole window, as if they had not been reported: one mask for all samples. After
    /// Gal & Ghahramani, *A Theoretically Grounded Application of Dropout in Recurrent Neural Networks*, 2016.
    private void dropInputs(int w, RandomGenerator random) {
        if (inputDropout == 0) {
            return;
        }
        int at = w * shape.rowLength() + shape.encoderOffset();
        for (int channel = 0; channel < features.channels(); channel++) {
            if (random.nextDouble() < inputDropout) {
                for (int sample = 0; sample < shape.lookback(); sample++) {
                    rows[at + sample * shape.encoderInputs() + channel] = 0;
                }
            }
        }
    }

    /// @param now row of the window's newest slot
    /// @return observed truths
    private int encodeTruths(int sensor, int now, int at) {
        int observed = 0;
        for (int step = 0; step < shape.horizon(); step++) {
            float truth = series.target(sensor, now + window.lead(step + 1));
            boolean missing = Float.isNaN(truth);
            truths[at + step] = missing ? 0 : truth;
            weights[at + step] = missing ? 0 : 1;
            observed += missing ? 0 : 1;
        }
        return observed;
    }

    private DataSet write(int count) {
        DataSet into = last;
        if (into == null || into.numExamples() != count) {
            into = new DataSet(array(count, shape.rowLength()), array(count, shape.horizon()));
            into.setLabelsMaskArray(array(count, shape.horizon()));
            last = into;
        }
        Floats.write(rows, into.getFeatures());
        Floats.write(truths, into.getLabels());
        Floats.write(weights, into.getLabelsMaskArray());
        return into;
    }

    private static INDArray array(int count, int columns) {
        return Nd4j.createUninitialized(DataType.FLOAT, new long[] {count, columns}, 'c');
    }
}
