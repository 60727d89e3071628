package dev.headwater.streams;

import dev.headwater.forecasting.audio.FrameRing;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// The sources of a task in its stores: a small record each, and a record per frame.
final class ListeningStore {

    private static final char FRAME_MARK = '#'; // the last one in a key separates source and frame

    private final SensorNetwork network;
    private final AudioSpec audio;
    private final KeyValueStore<String, byte[]> sources;
    private final KeyValueStore<String, byte[]> frames;

    ListeningStore(SensorNetwork network, AudioSpec audio, ProcessorContext<byte[], byte[]> context) {
        this.network = network;
        this.audio = audio;
        this.sources = context.getStateStore(ForecastTopology.SOURCES_STORE);
        this.frames = context.getStateStore(ForecastTopology.FRAMES_STORE);
    }

    /// Restores all sources. A frame may have no source when a crash came between the two writes.
    Map<String, ListeningState> restore(long now) {
        Map<String, ListeningState> states = new HashMap<>();
        try (KeyValueIterator<String, byte[]> all = sources.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> one = all.next();
                states.put(one.key, ListeningState.read(network, audio, one.value, now));
            }
        }
        short[] samples = new short[audio.frameSamples(network.interval())];
        try (KeyValueIterator<String, byte[]> all = frames.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> one = all.next();
                String source = one.key.substring(0, one.key.lastIndexOf(FRAME_MARK));
                ListeningState state =
                        states.computeIfAbsent(source, absent -> new ListeningState(network, audio, now));
                FrameRing ring = state.ring();
                if (ring != null) {
                    ring.add(readFrame(one.value, samples), samples);
                }
            }
        }
        return states;
    }

    private long readFrame(byte[] value, short[] samples) {
        if (value.length != Long.BYTES + samples.length * Short.BYTES) {
            throw new IllegalStateException("network " + network.name() + ": a stored frame has " + value.length
                    + " bytes; run under another application id, or reset the application");
        }
        ByteBuffer in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        long slot = in.getLong();
        in.asShortBuffer().get(samples);
        return slot;
    }

    void put(String source, ListeningState state) {
        sources.put(source, state.write());
    }

    void putFrame(String source, FrameRing ring, long slot, short[] frame) {
        ByteBuffer out = ByteBuffer.allocate(Long.BYTES + frame.length * Short.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(slot);
        out.asShortBuffer().put(frame);
        frames.put(key(source, ring.index(slot)), out.array());
    }

    void removeFrames(String source) {
        for (int at = 0; at < ListeningState.retained(network, audio); at++) {
            String key = key(source, at);
            if (frames.get(key) != null) {
                frames.delete(key);
            }
        }
    }

    void remove(String source) {
        sources.delete(source);
        removeFrames(source);
    }

    private static String key(String source, int at) {
        return source + FRAME_MARK + at;
    }
}
