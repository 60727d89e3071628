package dev.headwater.lab.engine;

import dev.headwater.lab.data.Continuation;
import dev.headwater.lab.data.Dataset;

/// Feeds a network its own output.
final class Generation {

    private Generation() {}

    /// Generates values.
    ///
    /// @param count how many
    /// @return `[count]`, in the unit of the series
    static float[] run(Predictor network, Dataset data, Continuation continuation, int count) {
        float[] input = continuation.start().clone(); // [steps][width]
        float[] output = new float[data.target().length()]; // [steps][width]
        float[] generated = new float[count];
        for (int done = 0; done < count; ) {
            network.predict(input, 1, output);
            float[] next = continuation.advance(input, output);
            int taken = Math.min(next.length, count - done);
            System.arraycopy(next, 0, generated, done, taken);
            done += taken;
        }
        return generated;
    }
}
