package dev.headwater.streams.state;

import dev.headwater.forecasting.accuracy.AccuracyReport;
import dev.headwater.forecasting.accuracy.ModelAccuracy.Part;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The form in which a task's live accuracy is stored; all numbers are big-endian.
///
/// | key | value, after the version and four bytes that tell what the sums are of |
/// |---|---|
/// | 0 | newest slot (long), next tag (short), then of each model, the newest first: tag (short), role (byte), and id
/// and artefact, each its bytes after their number (short) |
/// | 1 and [Part] (bytes), tag, place (shorts) | number of the bucket (long), sums (doubles) |
final class StoredAccuracy {

    static final byte VERSION = 1;

    private static final int HEADER = 1 + Integer.BYTES;
    private static final byte[] HEAD_KEY = {0};
    private static final byte BUCKET = 1;
    private static final int BUCKET_KEY = 2 + 2 * Short.BYTES;

    private StoredAccuracy() {}

    /// A model as the head names it.
    record Model(short tag, AccuracyReport.Role role, String id, String artefact) {}

    /// @param newest slot; [Long#MIN_VALUE] for none
    record Head(long newest, short nextTag, List<Model> models) {}

    /// Where a bucket belongs.
    record Place(Part part, short tag, int place) {}

    /// The sums of a bucket and its number.
    record Bucket(long number, double[] sums) {}

    static byte[] headKey() {
        return HEAD_KEY.clone();
    }

    static boolean isHead(byte[] key) {
        return key.length == 1 && key[0] == 0;
    }

    static byte[] key(Place place) {
        return ByteBuffer.allocate(BUCKET_KEY)
                .put(BUCKET)
                .put((byte) place.part.ordinal())
                .putShort(place.tag)
                .putShort((short) place.place)
                .array();
    }

    /// Null when a newer version wrote the key.
    static @Nullable Place place(byte[] key) {
        if (key.length != BUCKET_KEY || key[0] != BUCKET || key[1] < 0 || key[1] >= Part.values().length) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(key, 2, BUCKET_KEY - 2);
        return new Place(Part.values()[key[1]], in.getShort(), in.getShort());
    }

    /// Whether a value has the form of this version and was stored for the same kind of sums.
    static boolean fits(byte[] value, int form) {
        return value.length >= HEADER
                && value[0] == VERSION
                && ByteBuffer.wrap(value).getInt(1) == form;
    }

    static byte[] value(Bucket bucket, int form) {
        ByteBuffer out = ByteBuffer.allocate(HEADER + Long.BYTES + bucket.sums.length * Double.BYTES)
                .put(VERSION)
                .putInt(form)
                .putLong(bucket.number);
        out.asDoubleBuffer().put(bucket.sums);
        return out.array();
    }

    /// @param length of the sums
    /// @return null when the value has another length
    static @Nullable Bucket bucket(byte[] value, int length) {
        if (value.length != HEADER + Long.BYTES + length * Double.BYTES) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(value).position(HEADER);
        long number = in.getLong();
        double[] sums = new double[length];
        in.asDoubleBuffer().get(sums);
        return new Bucket(number, sums);
    }

    static byte[] value(Head head, int form) {
        int length = HEADER + Long.BYTES + Short.BYTES;
        for (Model model : head.models) {
            length += 3 * Short.BYTES + 1 + bytes(model.id).length + bytes(model.artefact).length;
        }
        ByteBuffer out = ByteBuffer.allocate(length)
                .put(VERSION)
                .putInt(form)
                .putLong(head.newest)
                .putShort(head.nextTag);
        for (Model model : head.models) {
            out.putShort(model.tag).put((byte) model.role.ordinal());
            put(out, model.id);
            put(out, model.artefact);
        }
        return out.array();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void put(ByteBuffer out, String text) {
        byte[] bytes = bytes(text);
        out.putShort((short) bytes.length).put(bytes);
    }

    /// Null when the value breaks off.
    static @Nullable Head head(byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value).position(HEADER);
        try {
            long newest = in.getLong();
            short nextTag = in.getShort();
            List<Model> models = new ArrayList<>();
            while (in.hasRemaining()) {
                short tag = in.getShort();
                int role = Math.floorMod(in.get(), AccuracyReport.Role.values().length);
                models.add(new Model(tag, AccuracyReport.Role.values()[role], text(in), text(in)));
            }
            return new Head(newest, nextTag, models);
        } catch (BufferUnderflowException e) {
            return null;
        }
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[Math.min(Short.toUnsignedInt(in.getShort()), in.remaining())];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
