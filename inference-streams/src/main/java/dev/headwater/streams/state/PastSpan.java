package dev.headwater.streams.state;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The readings of a partition that were on their topic before the stream first started: its past. What comes after
/// is live, whenever it is taken in.
///
/// @param begin offset of the first one
/// @param end   offset after the last one
public record PastSpan(long begin, long end) {

    /// No past.
    public static final PastSpan NONE = new PastSpan(0, 0);

    private static final byte VERSION = 1;
    private static final int BYTES = 1 + 2 * Long.BYTES;

    /// Whether the reading at an offset is of the past.
    public boolean contains(long offset) {
        return offset < end;
    }

    public long records() {
        return end - begin;
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .put(VERSION)
                .putLong(begin)
                .putLong(end)
                .array();
    }

    /// @return none when there are no bytes, or those of a newer version
    static PastSpan of(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length != BYTES || bytes[0] != VERSION) {
            return NONE;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, BYTES - 1);
        return new PastSpan(in.getLong(), in.getLong());
    }
}
