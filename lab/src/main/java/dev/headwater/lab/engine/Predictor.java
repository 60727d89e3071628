package dev.headwater.lab.engine;

import dev.headwater.lab.data.Baseline;
import dev.headwater.lab.data.Dataset;

/// Predicts targets from inputs: a network or a baseline.
@FunctionalInterface
interface Predictor {

    /// @param inputs  `[count][steps][width]` of the input's shape
    /// @param outputs `[count][steps][width]` of the target's shape, written
    void predict(float[] inputs, int count, float[] outputs);

    /// A baseline as a predictor.
    static Predictor of(Baseline baseline, Dataset data) {
        return (inputs, count, outputs) -> {
            for (int i = 0; i < count; i++) {
                baseline.predict(
                        inputs,
                        i * data.input().length(),
                        outputs,
                        i * data.target().length());
            }
        };
    }
}
