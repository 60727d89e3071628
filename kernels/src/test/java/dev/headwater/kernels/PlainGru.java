package dev.headwater.kernels;

import dev.headwater.kernels.Seq2SeqShape.Embedding;
import dev.headwater.kernels.Seq2SeqShape.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The network in double precision, window by window, with named tensors: the reference for the kernels.
final class PlainGru {
    private PlainGru() {}

    /// One PyTorch GRU step.
    static double[] step(double[] p, int ih, int hh, int bih, int bhh, double[] x, double[] h) {
        return step(p, ih, hh, bih, bhh, x, h, h);
    }

    /// One step whose recurrent weights read a different state than the one carried over.
    private static double[] step(double[] p, int ih, int hh, int bih, int bhh, double[] x, double[] h, double[] seen) {
        int hidden = h.length;
        double[] next = new double[hidden];
        for (int j = 0; j < hidden; j++) {
            double r = sigmoid(dot(p, ih, j, x) + p[bih + j] + dot(p, hh, j, seen) + p[bhh + j]);
            int rowZ = hidden + j;
            double z = sigmoid(dot(p, ih, rowZ, x) + p[bih + rowZ] + dot(p, hh, rowZ, seen) + p[bhh + rowZ]);
            int rowN = 2 * hidden + j;
            double recurrent = dot(p, hh, rowN, seen) + p[bhh + rowN];
            double n = Math.tanh(dot(p, ih, rowN, x) + p[bih + rowN] + r * recurrent);
            next[j] = (1 - z) * n + z * h[j];
        }
        return next;
    }

    private static double dot(double[] p, int matrix, int row, double[] x) {
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += p[matrix + row * x.length + k] * x[k];
        }
        return sum;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /// Forecasts `[horizon]` of one packed row.
    static double[] forecast(Seq2SeqShape shape, double[] p, float[] rows, int row) {
        return forecast(shape, p, rows, row, DropoutMasks.NONE);
    }

    /// Forecasts `[horizon]` of one packed row with its units masked.
    static double[] forecast(Seq2SeqShape shape, double[] p, float[] rows, int row, DropoutMasks masks) {
        Map<String, Tensor> tensors =
                shape.tensors().stream().collect(Collectors.toMap(Tensor::name, Function.identity()));
        int at = row * shape.rowLength();
        double[] context = new double[0];
        for (int i = 0; i < shape.embeddings().size(); i++) {
            Embedding table = shape.embeddings().get(i);
            int id = (int) rows[at + shape.idsOffset() + i];
            int offset = tensors.get("embedding." + table.name() + ".weight").offset() + id * table.width();
            context = join(context, Arrays.copyOfRange(p, offset, offset + table.width()));
        }
        double[] h = new double[shape.hidden()];
        for (int t = 0; t < shape.lookback(); t++) {
            double[] x = slice(rows, at + shape.encoderOffset() + t * shape.encoderInputs(), shape.encoderInputs());
            h = step(tensors, "encoder", p, join(x, context), h, masked(h, masks.encoder(), row));
        }
        double[] encoded = h;
        double[] forecasts = new double[shape.horizon()];
        for (int t = 0; t < shape.horizon(); t++) {
            double[] x = slice(rows, at + shape.decoderOffset() + t * shape.decoderInputs(), shape.decoderInputs());
            h = step(tensors, "decoder", p, join(join(x, context), encoded), h, masked(h, masks.decoder(), row));
            double output = dot(p, tensors.get("head.weight").offset(), 0, masked(h, masks.head(), row))
                    + p[tensors.get("head.bias").offset()];
            forecasts[t] = rows[at + shape.baseOffset()] + rows[at + shape.scaleOffset()] * output;
        }
        return forecasts;
    }

    private static double[] masked(double[] h, float[] mask, int row) {
        double[] out = h.clone();
        for (int j = 0; mask.length > 0 && j < h.length; j++) {
            out[j] *= mask[row * h.length + j];
        }
        return out;
    }

    private static double[] step(
            Map<String, Tensor> tensors, String gru, double[] p, double[] x, double[] h, double[] seen) {
        return step(
                p,
                tensors.get(gru + ".weight_ih").offset(),
                tensors.get(gru + ".weight_hh").offset(),
                tensors.get(gru + ".bias_ih").offset(),
                tensors.get(gru + ".bias_hh").offset(),
                x,
                h,
                seen);
    }

    /// Outputs `[steps][hidden]` of one sequence through a single GRU in [GruSequence]'s layout.
    static double[][] sequence(double[] p, int inputs, int hidden, double[] x, float[] mask, int maskAt, double[] h0) {
        int steps = x.length / inputs;
        int hh = 3 * hidden * inputs;
        int bih = hh + 3 * hidden * hidden;
        double[][] states = new double[steps][];
        double[] h = h0;
        for (int t = 0; t < steps; t++) {
            if (mask == null || mask[maskAt + t] != 0) {
                double[] input = Arrays.copyOfRange(x, t * inputs, (t + 1) * inputs);
                h = step(p, 0, hh, bih, bih + 3 * hidden, input, h);
            }
            states[t] = h;
        }
        return states;
    }

    static double[] toDouble(float[] values) {
        return slice(values, 0, values.length);
    }

    static double[] slice(float[] values, int at, int length) {
        double[] result = new double[length];
        for (int i = 0; i < length; i++) {
            result[i] = values[at + i];
        }
        return result;
    }

    private static double[] join(double[] a, double[] b) {
        double[] result = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, result, a.length, b.length);
        return result;
    }
}
