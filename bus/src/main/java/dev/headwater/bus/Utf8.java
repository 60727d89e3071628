package dev.headwater.bus;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Text that others have sent.
final class Utf8 {

    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /// Whether a text was decoded from bytes that are no UTF-8, for which Java puts a replacement.
    static boolean isDamaged(String text, byte[] bytes) {
        return text.indexOf(REPLACEMENT) >= 0 && !isValid(bytes); // it may also have been sent
    }

    private static boolean isValid(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)); // reports instead of replacing
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
