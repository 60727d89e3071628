package dev.headwater.bus;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.Forecast.Interval;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The binary form of forecasts, 40 % of the bytes of JSON. All numbers are big-endian.
///
/// | at | bytes | what |
/// |---|---|---|
/// | 0 | 1 | 0x9F, which begins no UTF-8 text, hence no JSON; a reading begins with 0x9E |
/// | 1 | 1 | version: 1 |
/// | 2 | 1 | bit 0: the sensor's profile is borrowed; the others are 0 |
/// | 3 | 1 | why there are no values: 1 = too few readings, 2 = the model gave no numbers; 0 = there are values |
/// | 4 | 8 | issued at, milliseconds since 1970 |
/// | 12 | 8 | time from step to step, milliseconds |
/// | 20 | 4 | slots observed |
/// | 24 | 4 | slots of the window |
/// | 28 | 2 | `n`: number of values, the horizon or 0 |
/// | 30 | 2 | number of intervals |
/// | 32 | 4n | values, float32; NaN = no number |
/// | | 8 + 8n | for each interval, the narrowest first: level as float64, `n` lower bounds, `n` upper bounds |
/// | | 2 + length | sensor, model, artefact: each its length in bytes, then UTF-8; no artefact has length 0 |
///
/// A later version of the form may say more at the end, or use other bits of byte 2: readers pass over both.
record ForecastBinary(ForecastRules rules) {

    static final byte MAGIC = (byte) 0x9F;
    static final byte VERSION = 1;

    private static final int HEAD = 2; // bytes
    private static final int BORROWED = 1;
    private static final int HAS_VALUES = 0;
    private static final int TOO_FEW = 1;
    private static final int NO_NUMBERS = 2;

    /// @param forecast that [ForecastRules#requireWritable] has passed
    /// @throws IllegalArgumentException when a text or the number of intervals is too long for the form
    void write(Forecast forecast, ByteOutput out) {
        List<Interval> intervals = forecast.intervals();
        if (intervals.size() > Character.MAX_VALUE) {
            throw new IllegalArgumentException("a forecast has at most 65535 intervals, found " + intervals.size());
        }
        out.int8(MAGIC);
        out.int8(VERSION);
        out.int8(forecast.borrowed() ? BORROWED : 0);
        out.int8(why(forecast));
        out.int64(forecast.issuedAt());
        out.int64(rules.intervalMillis());
        out.int32(forecast.observed());
        out.int32(forecast.lookback());
        out.int16(forecast.values().length);
        out.int16(intervals.size());
        out.floats(forecast.values());
        for (int i = 0; i < intervals.size(); i++) { // an iterator would be allocated
            Interval one = intervals.get(i);
            out.int64(Double.doubleToLongBits(one.level()));
            out.floats(one.lower());
            out.floats(one.upper());
        }
        out.sized(forecast.sensor());
        out.sized(forecast.model());
        out.sized(forecast.artefact());
    }

    private int why(Forecast forecast) {
        if (!forecast.abstained()) {
            return HAS_VALUES;
        }
        return rules.isTooFew(forecast) ? TOO_FEW : NO_NUMBERS;
    }

    /// @throws BadForecastException when the value breaks a rule
    Forecast read(byte[] value) {
        if (value[0] != MAGIC) {
            throw new BadForecastException("binary: must begin with 0x9F, found 0x%02X".formatted(value[0]));
        }
        if (value.length >= HEAD && value[1] != VERSION) {
            throw new BadForecastException("binary: must be of version " + VERSION + ", found " + (value[1] & 0xFF));
        }
        try {
            return read(ByteBuffer.wrap(value).position(Math.min(HEAD, value.length)));
        } catch (BufferUnderflowException e) {
            throw new BadForecastException("binary: breaks off after byte " + value.length);
        }
    }

    private Forecast read(ByteBuffer in) {
        boolean borrowed = (in.get() & BORROWED) != 0;
        int why = in.get() & 0xFF;
        long issuedAt = in.getLong();
        long step = in.getLong();
        if (step <= 0) {
            throw new BadForecastException("time between steps: must be above 0 ms, found " + step);
        }
        int observed = count("observed", in.getInt());
        int lookback = count("lookback", in.getInt());
        ForecastRules.requireObserved(observed, lookback);
        int steps = rules.requireSteps(in.getChar());
        if (why == HAS_VALUES != steps > 0) {
            throw new BadForecastException(
                    "abstained: must be 0 with values and else say why, found " + why + " with " + steps + " values");
        }
        int intervals = in.getChar();
        float[] values = floats("values", in, steps);
        List<Interval> bounds = intervals(in, intervals, steps);
        String sensor = named("sensor", in);
        return new Forecast(
                sensor,
                issuedAt,
                values,
                bounds,
                observed,
                lookback,
                named("model", in),
                text("artefact", in),
                borrowed);
    }

    private static int count(String name, int found) {
        if (found < 0) {
            throw new BadForecastException(name + ": must be from 0, found " + found);
        }
        return found;
    }

    private static List<Interval> intervals(ByteBuffer in, int count, int steps) {
        List<Interval> all = new ArrayList<>(); // no larger than what there is
        for (int i = 0; i < count; i++) {
            double level = in.getDouble();
            if (!ForecastRules.isLevel(level)) {
                throw new BadForecastException("level: must be a probability between 0 and 1, found " + level);
            }
            all.add(new Interval(level, floats("lower", in, steps), floats("upper", in, steps)));
        }
        return List.copyOf(all);
    }

    private static float[] floats(String name, ByteBuffer in, int steps) {
        float[] all = new float[steps];
        in.asFloatBuffer().get(all);
        in.position(in.position() + Float.BYTES * steps);
        for (float one : all) {
            if (Float.isInfinite(one)) {
                throw new BadForecastException(name + ": must be finite numbers or NaN, found " + one);
            }
        }
        return all;
    }

    private static String named(String name, ByteBuffer in) {
        String text = text(name, in);
        if (text.isBlank()) {
            throw new BadForecastException(name + ": must be a text that is not empty, found " + Json.quote(text));
        }
        return text;
    }

    private static String text(String name, ByteBuffer in) {
        byte[] bytes = new byte[Math.min(in.getChar(), in.remaining() + 1)]; // one too many: breaks off
        in.get(bytes);
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (Utf8.isDamaged(text, bytes)) {
            throw new BadForecastException(name + ": must be UTF-8, found " + Json.quote(bytes));
        }
        return text;
    }
}
