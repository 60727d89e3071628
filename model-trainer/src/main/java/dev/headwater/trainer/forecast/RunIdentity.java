package dev.headwater.trainer.forecast;

import dev.headwater.forecasting.artefact.Sha256;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.trainer.TrainingSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Identity of a training run: runs with the same identity give the same model.
final class RunIdentity {

    private static final int SHOWN = 12; // digits of a SHA-256, enough to tell two apart

    private RunIdentity() {}

    /// Settings by name, the network's definition and the history.
    static Map<String, String> of(Series series, TrainingSettings settings) {
        SensorNetwork network = series.network();
        byte[] definition = JsonMapper.shared().writeValueAsBytes(network);
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("network", network.name());
        settings.asMap().forEach((name, value) -> identity.put("setting " + name, value));
        identity.put(
                "the network's definition", "SHA-256 " + Sha256.of(definition).substring(0, SHOWN));
        identity.put("the history", "SHA-256 " + digest(series).substring(0, SHOWN));
        return identity;
    }

    /// SHA-256 of all values, sensors and the span.
    private static String digest(Series series) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            int measures = series.network().measures().size();
            float[] values = new float[series.slots() * measures];
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
            digest.update((series.firstSlot() + " " + series.sensors()).getBytes(StandardCharsets.UTF_8));
            for (int sensor = 0; sensor < series.sensors().size(); sensor++) {
                series.copy(sensor, 0, series.slots(), values, 0);
                bytes.asFloatBuffer().put(values);
                digest.update(bytes.array());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
