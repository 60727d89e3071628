package dev.headwater.forecasting.feature;

import dev.headwater.forecasting.network.PolarVector;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.window.WindowBatch;
import java.util.Arrays;
import java.util.List;

/// The input channels of a reading: first the measures that belong to no vector, in their order, then the
/// components x and y of each vector.
final class Channels {

    private final int measures;
    private final int[] plain; // [channel], a measure each
    private final int[] speeds; // [vector], a measure each
    private final int[] directions; // [vector], a measure each

    Channels(SensorNetwork network) {
        List<PolarVector> vectors = network.features().vectors();
        this.measures = network.measures().size();
        this.plain = network.measures().stream()
                .filter(measure -> !network.features().isInVector(measure.name()))
                .mapToInt(measure -> network.measureIndex(measure.name()))
                .toArray();
        this.speeds = vectors.stream()
                .mapToInt(vector -> network.measureIndex(vector.speed()))
                .toArray();
        this.directions = vectors.stream()
                .mapToInt(vector -> network.measureIndex(vector.direction()))
                .toArray();
    }

    int count() {
        return plain.length + 2 * speeds.length;
    }

    /// Index of a channel in the scaler.
    int scaled(int channel) {
        return channel < plain.length ? plain[channel] : measures + channel - plain.length;
    }

    /// The channel of a measure; negative when the measure is part of a vector.
    int indexOf(int measure) {
        return Arrays.binarySearch(plain, measure);
    }

    /// Value of a channel at a sample of a window, NaN when missing.
    float value(WindowBatch batch, int window, int sample, int channel) {
        if (channel < plain.length) {
            return batch.value(window, sample, plain[channel]);
        }
        int component = channel - plain.length;
        float speed = batch.value(window, sample, speeds[component / 2]);
        float direction = batch.value(window, sample, directions[component / 2]);
        return component % 2 == 0 ? PolarVector.x(speed, direction) : PolarVector.y(speed, direction);
    }
}
