package dev.headwater.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headwater.bus.DeadLetter;
import dev.headwater.bus.ReadingCodec;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/// A seeded stream of records for the readings topic: half of them good readings of a few sensors, half of them damaged
/// in bytes, JSON, headers, key or time.
final class Mutations {

    static final SensorNetwork NETWORK = NetworkBuilder.like(StreamFixture.NETWORK)
            .measures(List.of(new Measure("speed", "mph", 0f, 0f, 200f)))
            .maxSensors(200)
            .build();

    private static final int SENSORS = 20;
    private static final long MINUTE = 60_000;
    private static final List<String> ODD_JSON = List.of(
            "{}",
            "[]",
            "null",
            "{\"speed\": null}",
            "{\"speed\": NaN}",
            "{\"speed\": -1}",
            "{\"speed\": 1e30}",
            "{\"speed\": 1e999}",
            "{\"speed\": -Infinity}",
            "{\"speed\": \"60\"}",
            "{\"speed\": {\"value\": 60}}",
            "{\"speed\": 60, \"speed\": 61}",
            "{\"speed\": 60} {\"speed\": 61}",
            "{\"speed\": 60, \"extra\": [1, {\"a\": \"\\u0000\"}]}",
            "{\"Speed\": 60}",
            "{\"speed\": 60",
            "\uFEFF{\"speed\": 60}",
            "[".repeat(5_000),
            "{\"a\":".repeat(2_000));
    private static final List<String> OWN_HEADERS = List.of(
            ValueFormat.HEADER,
            DeadLetter.REASON,
            DeadLetter.TIME,
            DeadLetter.OFFSET,
            DeadLetter.CUT_FROM,
            "headwater-negative-time");

    private final Random random;
    private final ReadingCodec codec = new ReadingCodec(NETWORK);
    private final long start;
    private int made;

    /// @param good true when nothing was damaged
    record Mutant(byte @Nullable [] key, byte @Nullable [] value, Headers headers, long time, boolean good) {}

    /// @param start event time of the first readings
    Mutations(long seed, long start) {
        this.random = new Random(seed);
        this.start = start;
    }

    /// The first records are good ones of every sensor, so that these are known before invented sensors use up
    /// the limit.
    Mutant next() {
        int number = made++;
        byte[] key = ("sensor-" + number % SENSORS).getBytes(UTF_8);
        ValueFormat format = random.nextBoolean() ? ValueFormat.JSON : ValueFormat.BINARY;
        byte[] value = codec.encode(new float[] {random.nextInt(1, 120)}, format);
        Headers headers = new RecordHeaders();
        if (random.nextBoolean()) {
            format.mark(headers);
        }
        // Each slot is used twice, so a quarter of the good readings are duplicates.
        long time = start + number / (2 * SENSORS) * MINUTE;
        if (number < SENSORS || random.nextBoolean()) {
            return new Mutant(key, value, headers, time, true);
        }
        return switch (random.nextInt(4)) {
            case 0 -> new Mutant(key, value(value), headers, time, false);
            case 1 -> new Mutant(key(key), value, headers, time, false);
            case 2 -> new Mutant(key, value, headers(headers), time, false);
            case 3 -> new Mutant(key, value, headers, time(time), false);
            default -> throw new IllegalStateException("four kinds of damage");
        };
    }

    private byte @Nullable [] value(byte[] good) {
        int kind = random.nextInt(100);
        if (kind < 2) {
            return new byte[random.nextInt(100_000, 600_000)];
        }
        if (kind < 4) {
            return null;
        }
        if (kind < 30) {
            return bytes(random.nextInt(40));
        }
        if (kind < 60) {
            return ODD_JSON.get(random.nextInt(ODD_JSON.size())).getBytes(UTF_8);
        }
        return damaged(good);
    }

    /// One to three bytes replaced, or the end cut off, or bytes added.
    private byte[] damaged(byte[] good) {
        int length = random.nextInt(3) == 0 ? random.nextInt(good.length + 5) : good.length;
        byte[] bytes = Arrays.copyOf(good, length);
        for (int n = random.nextInt(1, 4); n > 0 && length > 0; n--) {
            bytes[random.nextInt(length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte @Nullable [] key(byte[] good) {
        return switch (random.nextInt(7)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> " ".repeat(random.nextInt(1, 4)).getBytes(UTF_8);
            case 3 -> "k".repeat(random.nextInt(200, 2_000)).getBytes(UTF_8);
            case 4 -> bytes(random.nextInt(1, 20));
            case 5 -> ("made-up-" + random.nextInt(5_000)).getBytes(UTF_8);
            case 6 -> damaged(good);
            default -> throw new IllegalStateException("seven kinds of keys");
        };
    }

    private Headers headers(Headers headers) {
        switch (random.nextInt(4)) {
            case 0 -> headers.remove(ValueFormat.HEADER).add(ValueFormat.HEADER, bytes(random.nextInt(8)));
            case 1 -> headers.add(OWN_HEADERS.get(random.nextInt(OWN_HEADERS.size())), bytes(random.nextInt(8)));
            case 2 -> headers.add(new String(bytes(random.nextInt(20)), UTF_8), null);
            case 3 -> headers.add("large", bytes(random.nextInt(20_000)));
            default -> throw new IllegalStateException("four kinds of headers");
        }
        return headers;
    }

    private long time(long good) {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> random.nextLong(Long.MAX_VALUE);
            case 2 -> Long.MAX_VALUE;
            case 3 -> good - random.nextInt(120) * MINUTE;
            case 4 -> good + random.nextInt(10) * MINUTE;
            case 5 -> good + random.nextInt((int) MINUTE);
            default -> throw new IllegalStateException("six kinds of times");
        };
    }
}
