package dev.headwater.bus;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.io.JsonStringEncoder;

/// The bytes of a value while it is written. They are used again for the next value, so that only the copy at the end
/// is allocated. Numbers are big-endian. Not thread-safe.
final class ByteOutput {

    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);
    private static final int FIRST_BYTES = 1024;
    private static final int DIGITS = 11; // of an int with its sign
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    private static VarHandle view(Class<?> numbers) {
        return MethodHandles.byteArrayViewVarHandle(numbers, ByteOrder.BIG_ENDIAN);
    }

    /// Begins a new value.
    void clear() {
        length = 0;
    }

    /// A copy of what was written.
    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /// Makes room behind what was written.
    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    void int8(int value) {
        reserve(Byte.BYTES);
        bytes[length++] = (byte) value;
    }

    void int16(int value) {
        reserve(Short.BYTES);
        SHORT.set(bytes, length, (short) value);
        length += Short.BYTES;
    }

    void int32(int value) {
        reserve(Integer.BYTES);
        INT.set(bytes, length, value);
        length += Integer.BYTES;
    }

    void int64(long value) {
        reserve(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
    }

    void bytes(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    /// As UTF-8 behind its length, 2 bytes.
    ///
    /// @throws IllegalArgumentException when it is too long for that
    void sized(String text) {
        int16(0);
        int begin = length;
        if (!ascii(text, false)) {
            bytes(text.getBytes(StandardCharsets.UTF_8));
        }
        int size = length - begin;
        if (size > Character.MAX_VALUE) {
            throw new IllegalArgumentException("a text has at most 65535 bytes, found " + size);
        }
        SHORT.set(bytes, begin - Short.BYTES, (short) size);
    }

    /// A text of JSON, with its quotation marks.
    void quoted(String text) {
        int8('"');
        if (!ascii(text, true)) {
            bytes(JsonStringEncoder.getInstance().quoteAsUTF8(text));
        }
        int8('"');
    }

    /// Writes a text of plain ASCII, which most are, without allocating.
    ///
    /// @param quoted whether JSON must be able to hold the text as it is
    /// @return false when the text is another one; then nothing is written
    private boolean ascii(String text, boolean quoted) {
        int size = text.length();
        reserve(size);
        for (int i = 0; i < size; i++) {
            char c = text.charAt(i);
            if (c >= 0x7F || quoted && (c < ' ' || c == '"' || c == '\\')) {
                return false;
            }
            bytes[length + i] = (byte) c;
        }
        length += size;
        return true;
    }

    /// A number of JSON.
    void number(int value) {
        if (value < 0) {
            bytes(Integer.toString(value).getBytes(StandardCharsets.US_ASCII));
        } else {
            reserve(DIGITS);
            length = FloatDigits.writeWhole(value, bytes, length);
        }
    }

    /// A list of JSON. What is not finite is null: JSON has no NaN, and one bad step must not spoil the others.
    void numbers(float[] values) {
        int8('[');
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                int8(',');
            }
            if (Float.isFinite(values[i])) {
                reserve(FloatDigits.ROOM);
                length = FloatDigits.write(values[i], bytes, length);
            } else {
                bytes(NULL);
            }
        }
        int8(']');
    }

    /// Each as float32; what is not finite as NaN.
    void floats(float[] values) {
        for (float value : values) {
            int32(Float.floatToIntBits(Float.isFinite(value) ? value : Float.NaN));
        }
    }
}
