package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.feature.Features;
import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.window.WindowBatch;
import dev.headwater.kernels.Seq2SeqGru;
import dev.headwater.kernels.Seq2SeqShape;
import java.util.List;

/// The encoder-decoder GRU (Cho et al., *Learning Phrase Representations using RNN Encoder-Decoder*, 2014) with
/// its feature encoding: from raw windows to forecasts in the unit of the target. Thread-safe.
public final class GruForecaster implements Forecaster {

    /// Name of the architecture.
    public static final String NAME = "seq2seq-gru";

    private final String name;
    private final Features features;
    private final Seq2SeqGru gru;
    private final ThreadLocal<float[]> rows = ThreadLocal.withInitial(() -> new float[0]);

    /// A forecaster from a published artefact.
    public static GruForecaster of(ForecastModel model) {
        return of(model, model.manifest().network());
    }

    /// A forecaster for another network, for which [SensorNetwork#isComputedLike] must hold.
    public static GruForecaster of(ForecastModel model, SensorNetwork network) {
        ModelManifest manifest = model.manifest();
        return new GruForecaster(
                manifest.id(),
                network,
                model.scaler(),
                manifest.sensors(),
                manifest.architecture(),
                model.parameters());
    }

    /// @param sensors    the sensors of the training data, in the order of their embedding rows
    /// @param parameters flat, in the order of `shape.tensors()`
    public GruForecaster(
            String name,
            SensorNetwork network,
            Scaler scaler,
            List<String> sensors,
            Seq2SeqShape shape,
            float[] parameters) {
        this.name = name;
        this.features = new Features(network, scaler, sensors, shape);
        this.gru = new Seq2SeqGru(shape, parameters);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int horizon() {
        return features.shape().horizon();
    }

    @Override
    public void forecast(WindowBatch batch, float[] out) {
        float[] packed = rows.get(); // [window][row length]
        int length = features.shape().rowLength();
        if (packed.length < batch.count() * length) {
            packed = new float[batch.capacity() * length];
            rows.set(packed);
        }
        for (int w = 0; w < batch.count(); w++) {
            features.encode(batch, w, packed, w);
        }
        gru.forward(packed, 0, batch.count(), out, 0);
    }
}
