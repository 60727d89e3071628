package dev.headwater.streams;

import dev.headwater.forecasting.audio.FrameRing;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sources of a task in its stores: a small record each, and a record per frame.
final class ListeningStore {

    private static final Logger LOG = LoggerFactory.getLogger(ListeningStore.class);
    private static final byte FRAME_VERSION = 2;
    private static final char FRAME_MARK = '#'; // the last one in a key separates source and frame

    private final SensorNetwork network;
    private final AudioSpec audio;
    private final StreamMetrics metrics;
    private final KeyValueStore<String, byte[]> sources;
    private final KeyValueStore<String, byte[]> frames;

    ListeningStore(StreamParts parts, AudioSpec audio, ProcessorContext<byte[], byte[]> context) {
        this.network = parts.network();
        this.metrics = parts.metrics();
        this.audio = audio;
        this.sources = context.getStateStore(ForecastTopology.SOURCES_STORE);
        this.frames = context.getStateStore(ForecastTopology.FRAMES_STORE);
    }

    /// Restores all sources. A frame may have no source when a crash came between the two writes. What cannot
    /// be read is removed: it was stored for other sound, or by a newer version, and its source will soon be
    /// gone.
    Map<String, ListeningState> restore(long now) {
        Map<String, ListeningState> states = new HashMap<>();
        List<String> unreadable = new ArrayList<>();
        forEach(sources, (source, bytes) -> {
            try {
                states.put(source, ListeningState.read(network, audio, bytes, now));
            } catch (IllegalStateException e) {
                LOG.warn("{}; it is dropped", e.getMessage());
                unreadable.add(source);
            }
        });
        unreadable.forEach(sources::delete);
        metrics.lost(StreamMetrics.Lost.SOURCE, unreadable.size());
        restoreFrames(states, now);
        return states;
    }

    private void restoreFrames(Map<String, ListeningState> states, long now) {
        short[] samples = new short[audio.frameSamples(network.interval())];
        List<String> unreadable = new ArrayList<>();
        forEach(frames, (key, bytes) -> {
            if (!isFrame(bytes, samples.length)) {
                unreadable.add(key);
                return;
            }
            String source = key.substring(0, key.lastIndexOf(FRAME_MARK));
            ListeningState state = states.computeIfAbsent(source, absent -> new ListeningState(network, audio, now));
            FrameRing ring = state.ring();
            if (ring != null) {
                ring.add(readFrame(bytes, samples), samples);
            }
        });
        unreadable.forEach(frames::delete);
    }

    private static void forEach(KeyValueStore<String, byte[]> store, BiConsumer<String, byte[]> action) {
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> one = all.next();
                action.accept(one.key, one.value);
            }
        }
    }

    /// A frame of version 1 has no version byte.
    private static boolean isFrame(byte[] bytes, int samples) {
        int length = Long.BYTES + samples * Short.BYTES;
        return bytes.length == length || (bytes.length == 1 + length && bytes[0] == FRAME_VERSION);
    }

    private static long readFrame(byte[] bytes, short[] samples) {
        int header = bytes.length - Long.BYTES - samples.length * Short.BYTES;
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(header);
        long slot = in.getLong();
        in.asShortBuffer().get(samples);
        return slot;
    }

    void put(String source, ListeningState state) {
        sources.put(source, state.write());
    }

    void putFrame(String source, FrameRing ring, long slot, short[] frame) {
        ByteBuffer out = ByteBuffer.allocate(1 + Long.BYTES + frame.length * Short.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(FRAME_VERSION)
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
