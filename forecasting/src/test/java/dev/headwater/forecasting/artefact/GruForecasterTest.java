package dev.headwater.forecasting.artefact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.ForecasterContract;
import dev.headwater.forecasting.feature.Features;
import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.forecasting.window.History;
import dev.headwater.forecasting.window.WindowBatch;
import dev.headwater.kernels.Seq2SeqGru;
import dev.headwater.kernels.Seq2SeqShape;
import java.util.List;
import org.junit.jupiter.api.Test;

class GruForecasterTest implements ForecasterContract {

    private static final Scaler SCALER = Scaler.fit(SERIES, 400);
    private static final List<String> SENSORS = List.of("s0", "s1"); // s2 is not a training sensor
    private static final Seq2SeqShape SHAPE = Features.shape(NETWORK, 2, 8, 3);
    private static final float[] PARAMETERS = SHAPE.initialise(17);

    @Override
    public Forecaster forecaster() {
        return new GruForecaster("seq2seq-gru@1", NETWORK, SCALER, SENSORS, SHAPE, PARAMETERS);
    }

    @Test
    void forecastsWhatTheNetworkSaysOfTheFeatures() {
        // Given
        Features features = new Features(NETWORK, SCALER, SENSORS, SHAPE);
        WindowBatch batch = new WindowBatch(NETWORK, 70, History.NONE);
        float[] rows = new float[70 * SHAPE.rowLength()];
        for (int w = 0; w < 70; w++) {
            batch.add(SERIES, w % 3, w);
            features.encode(batch, w, rows, w);
        }
        float[] expected = new float[70 * SHAPE.horizon()];
        new Seq2SeqGru(SHAPE, PARAMETERS).forward(rows, 0, 70, expected, 0);
        float[] out = new float[expected.length];

        // When
        forecaster().forecast(batch, out);

        // Then
        assertThat(out).isEqualTo(expected);
    }

    @Test
    void aModelsForecasterBearsItsVersion() {
        // When
        Forecaster forecaster = GruForecaster.of(Models.small(1).withVersion(7));

        // Then
        assertThat(forecaster.name()).isEqualTo("seq2seq-gru@7");
        assertThat(forecaster.horizon()).isEqualTo(2);
    }
}
