package dev.headwater.bus.contract;

import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.ValueFormat;
import dev.headwater.bus.contract.MessageForm.Example;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The forms of a forecast: JSON, or binary where `serve` was told so.
///
/// @param prefix of the names of messages
/// @param key    of the records
record ForecastForms(SensorNetwork network, String prefix, ObjectNode key) {

    private static final double MILLIS = 1000;
    private static final String COUNTS =
            "The newest record of (sensor, issuedAt) counts. Record time: issuedAt, the start of the newest slot seen.";
    private static final String LAYOUT =
            "A forecast in fewer bytes, where the stream was told to write them. Big-endian:"
                    + " the byte 0x9F, the version 1, a byte whose bit 0 says that the profile is borrowed, a byte that says why"
                    + " there are no values (1: too few readings, 2: the model gave no numbers, 0: there are values); issuedAt"
                    + " and the time between steps in milliseconds, int64 each; observed and lookback, int32 each; the number n"
                    + " of values and the number of intervals, uint16 each; n values, float32, NaN where the model gave no"
                    + " number; for each interval, the narrowest first, its level, float64, n lower and n upper bounds, float32;"
                    + " sensor, model and artefact, each its length in bytes, uint16, and UTF-8. Ignore other bits, and what"
                    + " comes after. An example in hexadecimal: %s. ";

    List<MessageForm> all() {
        return List.of(json(), binary());
    }

    private String name() {
        return prefix + "." + NetworkContract.FORECAST;
    }

    private MessageForm json() {
        ForecastCodec codec = new ForecastCodec(network);
        ExampleValues values = new ExampleValues(network);
        return MessageForm.json(
                        name(),
                        "Forecast",
                        "What is expected of one sensor: " + horizon() + ". " + COUNTS,
                        key,
                        Tree.reference("components", "schemas", NetworkContract.FORECAST),
                        Example.of("forecast", "With two intervals.", codec.encode(values.forecast())),
                        Example.of("abstained", "Without values.", codec.encode(values.abstained())))
                .withFormat(ValueFormat.JSON);
    }

    private MessageForm binary() {
        byte[] example = new ForecastCodec(network).encode(new ExampleValues(network).abstained(), ValueFormat.BINARY);
        return MessageForm.binary(
                name() + "-binary",
                "Forecast in binary",
                LAYOUT.formatted(HexFormat.of().formatHex(example)) + COUNTS,
                key,
                "As many bytes as its head, values, intervals and names take.");
    }

    private String horizon() {
        String unit = network.targetMeasure().unit();
        double seconds = network.window().lead(1) * network.interval().toMillis() / MILLIS;
        return network.target() + (unit.isEmpty() ? "" : " in " + unit) + " at "
                + network.window().horizon() + " steps of " + seconds + " s";
    }
}
