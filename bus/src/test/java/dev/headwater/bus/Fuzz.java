package dev.headwater.bus;

import java.util.Arrays;
import java.util.Random;

/// Bytes that no producer should send.
final class Fuzz {

    /// Bytes with a meaning for a parser, which are likelier to reach its corner cases.
    private static final byte[] TELLING = {
        '{',
        '}',
        '[',
        ']',
        '"',
        ',',
        ':',
        '\\',
        'u',
        '-',
        '.',
        'e',
        '9',
        '0',
        0,
        ' ',
        '\n',
        (byte) 0x9E,
        1,
        0x7F,
        (byte) 0x80,
        (byte) 0xFF,
        (byte) 0xFE,
        (byte) 0xEF,
        (byte) 0xBB,
        (byte) 0xBF,
        (byte) 0xF0,
        (byte) 0xC0
    };

    private Fuzz() {}

    static byte[] random(Random random) {
        byte[] bytes = new byte[random.nextInt(40)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = any(random);
        }
        return bytes;
    }

    /// One to three bytes replaced, or the end cut off, or bytes added.
    static byte[] damage(byte[] good, Random random) {
        byte[] bytes = Arrays.copyOf(good, random.nextInt(3) == 0 ? random.nextInt(good.length + 5) : good.length);
        for (int n = random.nextInt(1, 4); n > 0 && bytes.length > 0; n--) {
            bytes[random.nextInt(bytes.length)] = any(random);
        }
        return bytes;
    }

    private static byte any(Random random) {
        return random.nextBoolean() ? TELLING[random.nextInt(TELLING.length)] : (byte) random.nextInt();
    }
}
