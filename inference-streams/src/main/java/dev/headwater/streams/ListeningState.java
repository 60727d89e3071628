package dev.headwater.streams;

import dev.headwater.forecasting.audio.FrameRing;
import dev.headwater.forecasting.audio.KeywordTrack;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The state of one source of sound. It keeps the last events issued, so that a frame redelivered after a crash
/// gives its event again. Not thread-safe.
final class ListeningState {

    private static final byte VERSION = 1;
    private static final int MAX_ISSUED = 4;
    private static final long NOTHING = Long.MIN_VALUE;
    private static final int ARRAY = 24; // bytes beside the elements, with the reference to it
    private static final int BESIDE_FRAMES = 1 << 10; // bytes

    private final int words;
    private final KeywordTrack track;
    private final Deque<Issued> issued = new ArrayDeque<>(); // oldest first
    private @Nullable FrameRing ring; // null once the source has ended
    private long offset = NOTHING;
    private long reached = NOTHING;
    private long seenAt;

    /// A keyword event that was issued.
    ///
    /// @param offset        of the record that caused it
    /// @param first         slot at which its clip begins
    /// @param probabilities `[word]`
    record Issued(long offset, long first, float[] probabilities, String model) {}

    /// @param now wall-clock time, milliseconds
    ListeningState(SensorNetwork network, AudioSpec audio, long now) {
        this.words = audio.words().size();
        this.track = new KeywordTrack(words);
        this.ring = new FrameRing(audio.frameSamples(network.interval()), retained(network, audio));
        this.seenAt = now;
    }

    /// Number of frames kept per source: the clip, and before it those that a crash may redeliver.
    static int retained(SensorNetwork network, AudioSpec audio) {
        return 2 * audio.clipFrames(network.interval());
    }

    /// Estimated heap of a source that has not ended.
    static int heapBytes(SensorNetwork network, AudioSpec audio) {
        int frame = ARRAY + audio.frameSamples(network.interval()) * Short.BYTES;
        return BESIDE_FRAMES + retained(network, audio) * frame;
    }

    KeywordTrack track() {
        return track;
    }

    /// The frames; null once the source has ended.
    @Nullable
    FrameRing ring() {
        return ring;
    }

    boolean hasEnded() {
        return ring == null;
    }

    /// Ends the source: keeps its events and drops its frames.
    void end() {
        ring = null;
    }

    /// True when the state already contains the record at that offset: a crash redelivered it. A record of a
    /// later time is new even if its offset is lower: then the topic was recreated.
    boolean contains(long recordOffset, long slot) {
        return recordOffset <= offset && slot <= reached;
    }

    void read(long recordOffset, long slot) {
        offset = recordOffset;
        reached = Math.max(reached, slot);
    }

    void issue(Issued one) {
        issued.addLast(one);
        if (issued.size() > MAX_ISSUED) {
            issued.removeFirst();
        }
    }

    /// The event that a record caused; null for none.
    @Nullable
    Issued issuedAt(long recordOffset) {
        for (Issued one : issued) {
            if (one.offset == recordOffset) {
                return one;
            }
        }
        return null;
    }

    void seen(long now) {
        seenAt = now;
    }

    /// Wall-clock time of the last record, milliseconds.
    long seenAt() {
        return seenAt;
    }

    /// The serialised state without the frames.
    byte[] write() {
        int bytes = 2 + Short.BYTES + 2 * Long.BYTES + track.bytes() + 1;
        for (Issued one : issued) {
            bytes += 2 * Long.BYTES + words * Float.BYTES + Short.BYTES + model(one).length;
        }
        ByteBuffer out = ByteBuffer.allocate(bytes);
        out.put(VERSION).putShort((short) words).put((byte) (hasEnded() ? 1 : 0));
        out.putLong(offset).putLong(reached);
        track.write(out);
        out.put((byte) issued.size());
        for (Issued one : issued) {
            out.putLong(one.offset).putLong(one.first);
            for (float probability : one.probabilities) {
                out.putFloat(probability);
            }
            out.putShort((short) model(one).length).put(model(one));
        }
        return out.array();
    }

    private static byte[] model(Issued one) {
        return one.model.getBytes(StandardCharsets.UTF_8);
    }

    /// @throws IllegalStateException when the bytes were written for other words, or by another version
    static ListeningState read(SensorNetwork network, AudioSpec audio, byte[] bytes, long now) {
        ListeningState state = new ListeningState(network, audio, now);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            byte version = in.get();
            if (version != VERSION) {
                throw unreadable(network, "is of version " + version, null);
            }
            int words = in.getShort();
            if (words != state.words) {
                throw unreadable(network, "was written for " + words + " words", null);
            }
            boolean ended = in.get() == 1;
            state.offset = in.getLong();
            state.reached = in.getLong();
            state.track.read(in);
            for (int i = in.get(); i > 0; i--) {
                state.issue(state.readIssued(in));
            }
            if (ended) {
                state.end();
            }
        } catch (BufferUnderflowException e) {
            throw unreadable(network, "is cut short", e);
        }
        return state;
    }

    private Issued readIssued(ByteBuffer in) {
        long at = in.getLong();
        long first = in.getLong();
        float[] probabilities = new float[words];
        for (int w = 0; w < words; w++) {
            probabilities[w] = in.getFloat();
        }
        int length = Short.toUnsignedInt(in.getShort());
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] model = new byte[length];
        in.get(model);
        return new Issued(at, first, probabilities, new String(model, StandardCharsets.UTF_8));
    }

    private static IllegalStateException unreadable(SensorNetwork network, String why, @Nullable Throwable cause) {
        return new IllegalStateException("network " + network.name() + ": the stored state of a source " + why, cause);
    }
}
