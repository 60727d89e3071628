package dev.headwater.ingest.replay;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Plays live sound: PCM of 16 bits, little-endian, one channel, at the network's rate, from a microphone or
/// another program. When the bus is slower, frames are queued here, and a full queue blocks the sender; none is
/// dropped.
///
/// A separate thread reads, since reading cannot be interrupted and Ctrl-C must still end the source.
public final class LiveSource implements FrameSource {

    private static final int MAX_WAITING = 100; // frames

    private final SensorNetwork network;
    private final AudioSpec audio;
    private final String name;
    private final String source;
    private final InputStream in;
    private final long firstSlot;
    private final BlockingQueue<Item> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private boolean ended;

    /// A frame, or the end: an empty frame, with the cause if reading failed.
    private record Item(short[] frame, @Nullable IOException failure) {}

    /// @param name   name of the stream in messages
    /// @param source id of the source on the bus
    /// @param in     raw samples; another thread starts to read them at once
    public LiveSource(
            SensorNetwork network, AudioSpec audio, String name, String source, InputStream in, long firstSlot) {
        this.network = network;
        this.audio = audio;
        this.name = name;
        this.source = source;
        this.in = in;
        this.firstSlot = firstSlot;
        Thread.ofPlatform().daemon().name("headwater-" + name).start(this::read);
    }

    @Override
    public SensorNetwork network() {
        return network;
    }

    @Override
    public AudioSpec audio() {
        return audio;
    }

    @Override
    public long firstSlot() {
        return firstSlot;
    }

    @Override
    public long endSlot() {
        return Long.MAX_VALUE;
    }

    private void read() {
        try {
            waiting.put(new Item(END, readFrames()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Reads until the stream ends or breaks.
    ///
    /// @return why it broke; null at its end
    private @Nullable IOException readFrames() throws InterruptedException {
        byte[] bytes = new byte[audio.frameSamples(network.interval()) * Short.BYTES];
        try {
            int length = bytes.length;
            while (length == bytes.length) {
                length = in.readNBytes(bytes, 0, bytes.length);
                if (length > 1) {
                    waiting.put(new Item(samples(bytes, length), null));
                }
            }
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    /// Decodes a frame; a short last frame is padded with silence.
    private static short[] samples(byte[] bytes, int length) {
        short[] frame = new short[bytes.length / Short.BYTES];
        for (int i = 0; i < length / Short.BYTES; i++) {
            frame[i] = (short) (bytes[2 * i] & 0xFF | bytes[2 * i + 1] << Byte.SIZE);
        }
        return frame;
    }

    /// Waits for the next frame; an interrupt ends the source.
    ///
    /// @throws InvalidInputException when the stream breaks
    @Override
    public boolean emit(long slot, BiConsumer<String, short[]> sink) {
        if (ended) {
            return false;
        }
        Item item = take();
        ended = item.frame.length == 0;
        if (item.failure != null) {
            throw new InvalidInputException(name + ": broke off: " + item.failure.getMessage(), item.failure);
        }
        sink.accept(source, item.frame);
        return !ended;
    }

    private Item take() {
        try {
            return waiting.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the replayer sees it, and stops once the end is sent
            return new Item(END, null);
        }
    }
}
