package dev.headwater.benchmarks.pipeline;

import ai.onnxruntime.OrtException;
import dev.headwater.benchmarks.onnx.OnnxSession;
import dev.headwater.benchmarks.stream.HostedStream;
import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.feature.Features;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.window.WindowBatch;
import dev.headwater.kernels.Seq2SeqShape;
import java.util.List;

/// Scores one window at a time with ONNX Runtime, as topologies do that call a model for each record. Features and
/// weights are those of [HostedStream#forecaster]. Thread-safe.
final class RecordByRecord implements Forecaster {

    private final Features features;
    private final ThreadLocal<Scorer> scorers;

    RecordByRecord(SensorNetwork network) {
        Seq2SeqShape shape = HostedStream.shape(network);
        float[] parameters = HostedStream.parameters(network);
        this.features = new Features(network, HostedStream.scaler(), List.of(), shape);
        this.scorers = ThreadLocal.withInitial(() -> new Scorer(shape, parameters));
    }

    /// The session of a thread. It lives as long as the process.
    private static final class Scorer {
        private final OnnxSession session;
        private final float[] row; // [row length]
        private final float[] forecast; // [horizon]

        Scorer(Seq2SeqShape shape, float[] parameters) {
            this.row = new float[shape.rowLength()];
            this.forecast = new float[shape.horizon()];
            try {
                this.session = new OnnxSession(shape, parameters, 1, 1);
            } catch (OrtException e) {
                throw new IllegalStateException("ONNX Runtime refuses the network", e);
            }
        }

        float[] score() {
            try {
                session.load(row);
                session.run();
                session.store(forecast);
                return forecast;
            } catch (OrtException e) {
                throw new IllegalStateException("ONNX Runtime fails", e);
            }
        }
    }

    @Override
    public String name() {
        return "random@1"; // as the product's, so that forecasts are as long
    }

    @Override
    public int horizon() {
        return features.shape().horizon();
    }

    @Override
    public void forecast(WindowBatch batch, float[] out) {
        Scorer scorer = scorers.get();
        for (int window = 0; window < batch.count(); window++) {
            features.encode(batch, window, scorer.row, 0);
            System.arraycopy(scorer.score(), 0, out, window * horizon(), horizon());
        }
    }
}
