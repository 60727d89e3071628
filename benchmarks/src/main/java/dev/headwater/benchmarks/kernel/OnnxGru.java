package dev.headwater.benchmarks.kernel;

import ai.onnxruntime.OrtException;
import dev.headwater.benchmarks.ReferenceModel;
import dev.headwater.benchmarks.onnx.OnnxSession;

/// The same network in ONNX Runtime.
final class OnnxGru implements Implementation {

    private final OnnxSession session;
    private final float[] out; // [window][horizon]

    OnnxGru(int windows, int threads) throws OrtException {
        session = new OnnxSession(ReferenceModel.SHAPE, ReferenceModel.parameters(), windows, threads);
        session.load(ReferenceModel.rows(windows));
        out = new float[windows * ReferenceModel.SHAPE.horizon()];
    }

    @Override
    public String name() {
        return "onnxruntime";
    }

    @Override
    public void run() {
        try {
            session.run();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public float[] forecasts() {
        session.store(out);
        return out.clone();
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
