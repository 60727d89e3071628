package dev.headwater.lab.data;

import java.util.Arrays;

/// Reads examples in tests.
final class LabData {

    private LabData() {}

    /// An example at offsets that are not 0.
    ///
    /// @param input  `[steps][width]`, flat
    /// @param target `[steps][width]`, flat
    record Example(float[] input, float[] target) {}

    static Example example(Dataset data, Examples part, int at) {
        int inputAt = 2;
        int targetAt = 3;
        float[] input = new float[data.input().length() + 5]; // [steps][width], with room around it
        float[] target = new float[data.target().length() + 5]; // [steps][width], with room around it
        part.load(at, input, inputAt, target, targetAt);
        for (int i = 0; i < 5; i++) {
            requireUntouched(input[i < inputAt ? i : i + data.input().length()]);
            requireUntouched(target[i < targetAt ? i : i + data.target().length()]);
        }
        return new Example(
                Arrays.copyOfRange(input, inputAt, inputAt + data.input().length()),
                Arrays.copyOfRange(target, targetAt, targetAt + data.target().length()));
    }

    private static void requireUntouched(float value) {
        if (value != 0) {
            throw new AssertionError("written outside the example: " + value);
        }
    }

    /// What the baseline predicts.
    ///
    /// @return `[steps][width]` of the target, flat
    static float[] naive(Dataset data, float[] input) {
        float[] output = new float[data.target().length()];
        data.naive().predict(input, 0, output, 0);
        return output;
    }

    /// Mean absolute error of the baseline, in the targets.
    static double naiveError(Dataset data, Examples part) {
        double sum = 0;
        for (int at = 0; at < part.size(); at++) {
            Example example = example(data, part, at);
            float[] output = naive(data, example.input());
            for (int i = 0; i < output.length; i++) {
                sum += Math.abs(output[i] - example.target()[i]) / output.length;
            }
        }
        return sum / part.size();
    }
}
