package dev.headwater.benchmarks.gemm;

import static dev.headwater.benchmarks.gemm.GemmStep.matrix;
import static dev.headwater.benchmarks.gemm.GemmWeights.columns;

import dev.headwater.benchmarks.gemm.GemmStep.Gradients;
import dev.headwater.benchmarks.gemm.GemmStep.State;
import dev.headwater.kernels.Seq2SeqShape;
import dev.headwater.trainer.layer.Floats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/// The network without embeddings for batches of one size, on the caller's thread.
public final class GemmNetwork {

    private final Seq2SeqShape shape;
    private final GemmWeights weights;
    private final int windows;
    private final boolean keeps;
    private final List<INDArray> encoderInputs = new ArrayList<>(); // [windows][inputs + 1], by step
    private final List<INDArray> decoderInputs = new ArrayList<>();
    private final List<GemmStep> steps = new ArrayList<>(); // of the encoder, then of the decoder
    private final List<State> states = new ArrayList<>(); // before the first step, then after each
    private final INDArray context; // [windows][3 hidden]
    private final INDArray base; // [windows][1]
    private final INDArray scale; // [windows][1]
    private final INDArray forecasts; // [windows][horizon]
    private final INDArray byContext; // [windows][3 hidden], gradient

    /// @param keeps whether each step has buffers of its own, for the backward pass
    GemmNetwork(Seq2SeqShape shape, GemmWeights weights, int windows, boolean keeps) {
        this.shape = shape;
        this.weights = weights;
        this.windows = windows;
        this.keeps = keeps;
        int all = shape.lookback() + shape.horizon();
        for (int step = 0; step < (keeps ? all : 1); step++) {
            steps.add(new GemmStep(windows, shape.hidden()));
        }
        for (int step = 0; step <= (keeps ? all : 1); step++) {
            states.add(State.zero(windows, shape.hidden()));
        }
        context = matrix(windows, 3L * shape.hidden());
        base = matrix(windows, 1);
        scale = matrix(windows, 1);
        forecasts = matrix(windows, shape.horizon());
        byContext = matrix(windows, 3L * shape.hidden());
    }

    /// A network that forecasts.
    public static GemmNetwork forecasting(Seq2SeqShape shape, float[] parameters, int windows) {
        return new GemmNetwork(shape, GemmWeights.of(shape, parameters), windows, false);
    }

    /// Puts a batch into the inputs.
    ///
    /// @param rows `[..][rowLength]`
    /// @param first row of the first window
    public void load(float[] rows, int first) {
        int length = shape.rowLength();
        float[] mine = Arrays.copyOfRange(rows, first * length, (first + windows) * length);
        INDArray all = Nd4j.createFromArray(mine).reshape('c', windows, length);
        inputs(encoderInputs, all, shape.encoderOffset(), shape.lookback(), shape.encoderInputs());
        inputs(decoderInputs, all, shape.decoderOffset(), shape.horizon(), shape.decoderInputs());
        base.assign(columns(all, shape.baseOffset(), shape.baseOffset() + 1L));
        scale.assign(columns(all, shape.scaleOffset(), shape.scaleOffset() + 1L));
    }

    private void inputs(List<INDArray> into, INDArray rows, int offset, int count, int width) {
        into.clear();
        for (int step = 0; step < count; step++) {
            INDArray inputs = matrix(windows, width + 1L);
            inputs.assign(1);
            long at = offset + (long) step * width;
            columns(inputs, 0, width).assign(columns(rows, at, at + width));
            into.add(inputs);
        }
    }

    private GemmStep step(int number) {
        return steps.get(keeps ? number : 0);
    }

    /// The state before a step. Without a tape, those before even and odd steps take turns.
    private State state(int number) {
        return states.get(keeps ? number : number % 2);
    }

    /// Forecasts the batch that was loaded.
    public void forward() {
        state(0).units().assign(0);
        for (int number = 0; number < shape.lookback(); number++) {
            INDArray inputs = encoderInputs.get(number);
            step(number).forward(weights.encoder(), inputs, null, state(number), state(number + 1));
        }
        Nd4j.gemm(state(shape.lookback()).units(), weights.decoder().context(), context, false, false, 1, 0);
        for (int number = 0; number < shape.horizon(); number++) {
            int at = shape.lookback() + number;
            INDArray inputs = decoderInputs.get(number);
            step(at).forward(weights.decoder(), inputs, context, state(at), state(at + 1));
            INDArray out = columns(forecasts, number, number + 1L);
            Nd4j.gemm(state(at + 1).withOne(), weights.head(), out, false, false, 1, 0);
        }
        forecasts.muliColumnVector(scale).addiColumnVector(base);
    }

    /// Forecasts of the last pass, `[window][horizon]`.
    INDArray forecasts() {
        return forecasts;
    }

    /// Adds the gradients of the last forward pass.
    ///
    /// @param byForecast `[windows][horizon]`: derivative of the loss by each forecast; overwritten
    void backward(INDArray byForecast, GemmWeights sums, Gradients by) {
        byForecast.muliColumnVector(scale);
        byContext.assign(0);
        INDArray head = GemmWeights.rows(weights.head(), 0, shape.hidden());
        by.state().assign(0);
        for (int number = shape.horizon() - 1; number >= 0; number--) {
            int at = shape.lookback() + number;
            INDArray slope = columns(byForecast, number, number + 1L);
            Nd4j.gemm(state(at + 1).withOne(), slope, sums.head(), true, false, 1, 1);
            Nd4j.gemm(slope, head, by.state(), false, true, 1, 1);
            step(at).backward(weights.decoder(), sums.decoder(), decoderInputs.get(number), state(at), by);
            byContext.addi(by.slopes());
        }
        INDArray encoded = state(shape.lookback()).units();
        Nd4j.gemm(encoded, byContext, sums.decoder().context(), true, false, 1, 1);
        Nd4j.gemm(byContext, weights.decoder().context(), by.state(), false, true, 1, 1);
        for (int at = shape.lookback() - 1; at >= 0; at--) {
            step(at).backward(weights.encoder(), sums.encoder(), encoderInputs.get(at), state(at), by);
        }
    }

    /// Forecasts of the last pass as floats, `[window][horizon]`.
    public float[] read() {
        return Floats.of(forecasts);
    }
}
