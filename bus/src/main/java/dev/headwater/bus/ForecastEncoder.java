package dev.headwater.bus;

import dev.headwater.forecasting.Forecast;

/// Encodes one forecast after the other in one form, and allocates nothing but the results: its buffer, and texts that
/// seldom change, are used again. Not thread-safe; [ForecastCodec#encoder] makes one.
public final class ForecastEncoder {

    private final ForecastRules rules;
    private final ValueFormat format;
    private final ForecastJson json;
    private final ForecastBinary binary;
    private final ByteOutput out = new ByteOutput();

    ForecastEncoder(ForecastRules rules, ValueFormat format) {
        this.rules = rules;
        this.format = format;
        this.json = new ForecastJson(rules);
        this.binary = new ForecastBinary(rules);
    }

    /// @throws IllegalArgumentException as [ForecastCodec#encode(Forecast, ValueFormat)]
    public byte[] encode(Forecast forecast) {
        rules.requireWritable(forecast);
        out.clear();
        switch (format) {
            case JSON -> json.write(forecast, out);
            case BINARY -> binary.write(forecast, out);
        }
        return out.toBytes();
    }
}
