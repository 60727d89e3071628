package dev.headwater.bus;

import dev.headwater.forecasting.audio.FrameEnergy;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.Sensor;
import dev.headwater.forecasting.network.SensorNetwork;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// Decides which records are readings. A client with write access can write anything, so every part of a record
/// is checked. Thread-safe.
public final class Admission {

    /// Maximum length of a sensor id in characters.
    public static final int LONGEST_KEY = 256;
    /// Maximum size of a value in bytes: far above any reading, far below the broker's limit.
    public static final int LARGEST_VALUE = 256 << 10;

    private static final int MAX_BYTES_OF_A_CHAR = 3;
    private static final float[] END = {};
    private static final short[] NO_SOUND = {};

    private final ReadingCodec codec;
    private final @Nullable FrameCodec frames; // null unless readings are frames of sound
    private final @Nullable Set<String> listed; // null: all sensors are served
    private final SensorNetwork network;
    private final Limits limits;

    /// The content of a record's value.
    ///
    /// @param values  `[measure]`, NaN = missing; for a frame of sound its energy in dBFS; empty at the end of
    ///                a source
    /// @param samples samples of a frame of sound; empty at the end of a source and for readings that are not
    ///                sound
    public record Content(float[] values, short[] samples) {}

    public Admission(SensorNetwork network, Limits limits) {
        this.codec = new ReadingCodec(network);
        AudioSpec audio = network.audio();
        this.frames = audio == null ? null : new FrameCodec(network, audio);
        this.listed = switch (network.unknownSensors()) {
            case ACCEPT -> null;
            case REJECT -> network.sensors().stream().map(Sensor::id).collect(Collectors.toUnmodifiableSet());
        };
        this.network = network;
        this.limits = limits;
    }

    /// The sensor that a key names.
    ///
    /// @throws BadReadingException when the key is missing or malformed, or names no sensor that the network
    ///                             serves
    public String sensor(byte @Nullable [] key) {
        if (key == null) {
            throw new BadReadingException(DeadLetterReason.NO_KEY, "key: must be the sensor's id, found none");
        }
        if (key.length > MAX_BYTES_OF_A_CHAR * LONGEST_KEY) {
            throw longKey(key.length + " bytes");
        }
        String sensor = new String(key, StandardCharsets.UTF_8);
        if (sensor.length() > LONGEST_KEY) {
            throw longKey(Integer.toString(sensor.length()));
        }
        if (sensor.isBlank()) {
            throw new BadReadingException(
                    DeadLetterReason.EMPTY_KEY, "key: must be the sensor's id, found only blanks");
        }
        if (Utf8.isDamaged(sensor, key)) {
            throw new BadReadingException(DeadLetterReason.BAD_KEY, "key: must be UTF-8, found other bytes");
        }
        if (listed != null && !listed.contains(sensor)) {
            throw new BadReadingException(
                    DeadLetterReason.UNKNOWN_SENSOR,
                    "key: must be a listed sensor (unknownSensors: reject), found " + sensor);
        }
        return sensor;
    }

    private static BadReadingException longKey(String found) {
        return new BadReadingException(
                DeadLetterReason.LONG_KEY, "key: must have at most " + LONGEST_KEY + " characters, found " + found);
    }

    /// @param time event time, milliseconds since 1970
    /// @param now  the clock
    /// @throws BadReadingException when the time is before 1970 or too far ahead of the clock
    public void requireTime(long time, long now) {
        if (time < 0) {
            throw new BadReadingException(
                    DeadLetterReason.TIME_BEFORE_1970, "time: must be 1970 or later, found " + time + " ms");
        }
        long latest = limits.latest(network, now);
        if (time > latest) {
            throw new BadReadingException(
                    DeadLetterReason.TIME_AHEAD,
                    "time: must be " + Instant.ofEpochMilli(latest) + " or earlier, found "
                            + Instant.ofEpochMilli(time));
        }
    }

    /// Decodes a value. A frame of sound gives one value, its energy. A frame without samples marks the end of
    /// the source and gives none.
    ///
    /// @throws BadReadingException when the value is not a reading
    public Content content(byte @Nullable [] value, Headers headers) {
        requireSize(value);
        short[] samples = frames == null ? NO_SOUND : frames.decode(value, headers);
        float[] values = frames == null ? codec.decode(value, headers) : energy(samples);
        return new Content(values, samples); // one place, so that the JVM can remove the allocation
    }

    private static float[] energy(short[] frame) {
        return frame.length == 0 ? END : new float[] {FrameEnergy.dbfs(frame, 0, frame.length)};
    }

    private static void requireSize(byte @Nullable [] value) {
        if (value != null && value.length > LARGEST_VALUE) {
            throw new BadReadingException(
                    DeadLetterReason.TOO_LARGE,
                    "value: must have at most " + LARGEST_VALUE + " bytes, found " + value.length);
        }
    }
}
