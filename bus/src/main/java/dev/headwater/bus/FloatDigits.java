package dev.headwater.bus;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Writes a float as [Float#toString(float)] does, the fewest digits that read back the same, without allocating.
///
/// Between 0.001 and 2^23 a float times a power of ten is exact as a double: its 24 bits and the 24 of 5^10
/// fit 53. So are its distance to the next float and to any whole number. The decimals that read back as the float lie
/// within half that distance, which is scaled to 0.5 or more and less than 5: at most one multiple of ten is among
/// them, and where none is, the nearest whole number is. Other floats, and fractions that are powers of two, whose
/// neighbours are not equally far, are left to [Float#toString(float)]; whole numbers have no fraction to find.
final class FloatDigits {

    /// Bytes that must be free where a float is written. Two blocks of digits are written whole, zeros included.
    static final int ROOM = 28;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int FRACTION_BITS = 23;
    private static final int EXPONENT_MASK = 0xFF;
    private static final int SIGN_AND_EXPONENT = 9; // bits
    private static final int ONE = 150; // exponent of floats that are 1 apart
    private static final int FIRST = 117; // exponent of 2^-10
    private static final int BLOCK = 8; // digits
    private static final int POWER_8 = 100_000_000;
    private static final int POWER_7 = 10_000_000; // from here on Float.toString writes an exponent
    private static final float LEAST = 1e-3f; // below it does so, too
    private static final long ASCII = 0x3030_3030_3030_3030L;
    private static final Scale[] SCALES = scales();

    /// How the floats of one exponent are scaled.
    ///
    /// @param unit 10^n, so that they are from 1 to less than 10 apart
    /// @param half half their distance, scaled
    /// @param fill to make one block of n digits or two
    /// @param two  whether it takes two
    private record Scale(long unit, double half, long fill, boolean two) {}

    private static Scale[] scales() {
        Scale[] scales = new Scale[ONE - FIRST];
        for (int i = 0; i < scales.length; i++) {
            double distance = Math.scalb(1.0, FIRST + i - ONE);
            int digits = 0;
            long unit = 1;
            while (distance * unit < 1) {
                unit *= 10;
                digits++;
            }
            boolean two = digits > BLOCK;
            long fill = Math.round(Math.pow(10, (two ? 2 * BLOCK : BLOCK) - digits));
            scales[i] = new Scale(unit, distance * unit / 2, fill, two);
        }
        return scales;
    }

    private FloatDigits() {}

    /// @param value finite
    /// @param to    has [#ROOM] from `at` on
    /// @return position behind the last digit
    static int write(float value, byte[] to, int at) {
        int bits = Float.floatToRawIntBits(value);
        float size = Math.abs(value);
        int whole = (int) size;
        if (whole == size && whole < POWER_7) {
            int end = writeWhole(whole, to, sign(bits, to, at));
            to[end] = '.';
            to[end + 1] = '0';
            return end + 2;
        }
        int scale = (bits >>> FRACTION_BITS & EXPONENT_MASK) - FIRST;
        if (size < LEAST || scale >= SCALES.length || bits << SIGN_AND_EXPONENT == 0) {
            return copy(Float.toString(value), to, at);
        }
        int end = writeWhole(whole, to, sign(bits, to, at));
        to[end] = '.';
        Scale by = SCALES[scale];
        long nearest = nearest((double) size * by.unit, by.half, (bits & 1) == 0);
        return writeFraction((nearest - whole * by.unit) * by.fill, by.two, to, end + 1);
    }

    private static int sign(int bits, byte[] to, int at) {
        to[at] = '-';
        return bits < 0 ? at + 1 : at;
    }

    /// The multiple of ten that reads back as the float, else the nearest whole number.
    ///
    /// @param even whether a decimal half way to a neighbour reads back as this float
    private static long nearest(double exact, double half, boolean even) {
        double tens = 10 * Math.rint(exact * 0.1);
        double off = Math.abs(tens - exact);
        return (long) (off < half || even && off == half ? tens : Math.rint(exact));
    }

    /// @param value from 0
    /// @param to    has room for ten bytes from `at` on
    static int writeWhole(int value, byte[] to, int at) {
        int end = value < 10 ? at : writeWhole(value / 10, to, at);
        to[end] = (byte) ('0' + value % 10);
        return end + 1;
    }

    /// Without trailing zeros; there is a digit that is none.
    private static int writeFraction(long digits, boolean two, byte[] to, int at) {
        if (!two) {
            return writeBlock((int) digits, to, at);
        }
        int high = (int) (digits / POWER_8);
        int low = (int) (digits % POWER_8);
        int end = writeBlock(high, to, at);
        return low == 0 ? end : writeBlock(low, to, at + BLOCK);
    }

    private static int writeBlock(int value, byte[] to, int at) {
        long digits = digits(value);
        LONG.set(to, at, digits | ASCII);
        return at + BLOCK - Long.numberOfLeadingZeros(digits) / Byte.SIZE;
    }

    /// The eight digits of a number, one a byte, the first in the lowest: fours, then twos, then ones side by side.
    private static long digits(int value) {
        int high = value / 10_000;
        long fours = high | (long) (value - 10_000 * high) << 32;
        long hundreds = fours * 10_486 >>> 20 & 0x7F_0000_007FL;
        long twos = (fours - 100 * hundreds << 16) + hundreds;
        long tens = twos * 103 >>> 10 & 0xF_000F_000F_000FL;
        return tens + (twos - 10 * tens << 8);
    }

    @SuppressWarnings("deprecation") // the text is ASCII, and this copies it at once
    private static int copy(String text, byte[] to, int at) {
        text.getBytes(0, text.length(), to, at);
        return at + text.length();
    }
}
