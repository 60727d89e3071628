package dev.headwater.lab.engine;

import dev.headwater.lab.data.Dataset;
import dev.headwater.lab.data.Examples;
import dev.headwater.lab.data.Shape;
import java.util.List;

/// Examples in memory.
///
/// @param inputs  `[example][steps * width]`
/// @param targets `[example][steps * width]`
record ListedExamples(float[][] inputs, float[][] targets) implements Examples {

    @Override
    public int size() {
        return inputs.length;
    }

    @Override
    public void load(int example, float[] input, int inputAt, float[] target, int targetAt) {
        System.arraycopy(inputs[example], 0, input, inputAt, inputs[example].length);
        System.arraycopy(targets[example], 0, target, targetAt, targets[example].length);
    }

    /// Data whose three parts are these examples; the baseline repeats the input.
    Dataset data(Shape input, Shape target, List<String> classes, double unitFactor) {
        return new Dataset(
                "made up",
                false,
                input,
                target,
                this,
                this,
                this,
                (in, inAt, out, outAt) -> System.arraycopy(in, inAt, out, outAt, target.length()),
                classes,
                unitFactor,
                "");
    }
}
