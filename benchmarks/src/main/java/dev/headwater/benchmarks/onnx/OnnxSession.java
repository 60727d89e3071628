package dev.headwater.benchmarks.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.headwater.kernels.Seq2SeqShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/// A network in ONNX Runtime for batches of one size: its inputs and outputs lie in memory outside the heap that is
/// shared with the runtime, so that a call copies nothing. Not thread-safe.
public final class OnnxSession implements AutoCloseable {

    private final Seq2SeqShape shape;
    private final int windows;
    private final OrtSession session;
    private final FloatBuffer encoder; // [step][window][input]
    private final FloatBuffer decoder; // [step][window][input]
    private final FloatBuffer base; // [window]
    private final FloatBuffer scale; // [window]
    private final FloatBuffer forecasts; // [step][window]
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    /// @param windows size of each batch
    /// @param threads of the runtime, the caller's included
    public OnnxSession(Seq2SeqShape shape, float[] parameters, int windows, int threads) throws OrtException {
        this.shape = shape;
        this.windows = windows;
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
            session = environment.createSession(OnnxModel.of(shape, parameters), options);
        }
        encoder = buffer(shape.lookback() * windows * shape.encoderInputs());
        decoder = buffer(shape.horizon() * windows * shape.decoderInputs());
        base = buffer(windows);
        scale = buffer(windows);
        forecasts = buffer(shape.horizon() * windows);
        inputs = Map.of(
                "encoder", tensor(environment, encoder, shape.lookback(), windows, shape.encoderInputs()),
                "decoder", tensor(environment, decoder, shape.horizon(), windows, shape.decoderInputs()),
                "base", tensor(environment, base, windows),
                "scale", tensor(environment, scale, windows));
        outputs = Map.of("forecasts", tensor(environment, forecasts, shape.horizon(), windows));
    }

    private static FloatBuffer buffer(int floats) {
        return ByteBuffer.allocateDirect(floats * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static OnnxTensor tensor(OrtEnvironment environment, FloatBuffer buffer, long... dimensions)
            throws OrtException {
        return OnnxTensor.createTensor(environment, buffer, dimensions);
    }

    /// Puts a batch into the inputs.
    ///
    /// @param rows `[window][rowLength]`
    public void load(float[] rows) {
        for (int window = 0; window < windows; window++) {
            int at = window * shape.rowLength();
            put(rows, at + shape.encoderOffset(), encoder, shape.lookback(), shape.encoderInputs(), window);
            put(rows, at + shape.decoderOffset(), decoder, shape.horizon(), shape.decoderInputs(), window);
            base.put(window, rows[at + shape.baseOffset()]);
            scale.put(window, rows[at + shape.scaleOffset()]);
        }
    }

    private void put(float[] rows, int from, FloatBuffer into, int steps, int width, int window) {
        for (int step = 0; step < steps; step++) {
            into.put((step * windows + window) * width, rows, from + step * width, width);
        }
    }

    /// Forecasts the batch that was loaded.
    public void run() throws OrtException {
        session.run(inputs, outputs).close();
    }

    /// Copies the forecasts of the last run.
    ///
    /// @param out `[window][horizon]`
    public void store(float[] out) {
        for (int window = 0; window < windows; window++) {
            for (int step = 0; step < shape.horizon(); step++) {
                out[window * shape.horizon() + step] = forecasts.get(step * windows + window);
            }
        }
    }

    @Override
    public void close() throws OrtException {
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
        session.close();
    }
}
