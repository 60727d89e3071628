package dev.headwater.streams.state;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// Keeps the [Sensors] of a task over a crash. They are the only copy in the task: the processor changes them
/// in place, the store writes what has changed to its changelog once per commit, and standbys and restarts
/// read it back.
///
/// A disk gets a copy of what is written to the changelog. The processor still works in memory, but a restart
/// reads the disk instead of the changelog, and a standby takes no heap. Not thread-safe.
public final class SensorStore extends ChangelogStore {

    private static final byte[] PAST = {0}; // a key that no sensor has

    private final Sensors sensors;
    private final @Nullable KeyValueStore<Bytes, byte[]> disk;
    private @Nullable PastSpan past; // null before the first commit of the partition's first task
    private boolean pastIsNew;

    /// @param disk null to keep the states in memory alone
    SensorStore(String name, SensorLayout layout, @Nullable KeyValueStore<Bytes, byte[]> disk) {
        super(name);
        this.sensors = new Sensors(layout);
        this.disk = disk;
    }

    @Override
    public void init(StateStoreContext storeContext, StateStore root) {
        super.init(storeContext, root);
        if (disk == null) {
            storeContext.register(root, this::restore);
        } else {
            disk.init(storeContext, root); // registers a callback of its own, which restores to the disk
        }
    }

    private void restore(byte[] key, byte @Nullable [] value) {
        if (Arrays.equals(key, PAST)) {
            past = PastSpan.of(value);
        } else {
            sensors.restore(key, value);
        }
    }

    /// The past of the task's partition.
    ///
    /// @param first asked when none is stored; its answer is stored with the next commit
    public PastSpan past(Supplier<PastSpan> first) {
        PastSpan found = past;
        if (found == null) {
            found = first.get();
            store(found);
        }
        return found;
    }

    /// Notes that all of the past has been taken in, so that a restart counts nothing of it.
    public void pastIsOver(PastSpan all) {
        store(new PastSpan(all.end(), all.end()));
    }

    private void store(PastSpan other) {
        past = other;
        pastIsNew = true;
    }

    /// The states, for a processor that begins to work on them.
    public Sensors sensors() {
        if (disk != null && sensors.isEmpty()) {
            try (KeyValueIterator<Bytes, byte[]> all = disk.all()) {
                while (all.hasNext()) {
                    KeyValue<Bytes, byte[]> one = all.next();
                    restore(one.key.get(), one.value);
                }
            }
        }
        return sensors;
    }

    @Override
    public void flushCache() {
        if (pastIsNew && past != null) {
            put(PAST, past.bytes());
            pastIsNew = false;
        }
        sensors.takeChanges(this::put);
    }

    private void put(byte[] key, byte @Nullable [] value) {
        log(key, value);
        if (disk != null) {
            disk.put(Bytes.wrap(key), value);
        }
    }

    /// The task becomes a standby: what is on disk then changes behind the states in memory.
    @Override
    public void clearCache() {
        if (disk != null) {
            clear();
        }
    }

    private void clear() {
        sensors.clear();
        past = null;
        pastIsNew = false;
    }

    @Override
    public void commit(Map<TopicPartition, Long> offsets) {
        if (disk != null) {
            disk.commit(offsets);
        }
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition partition) {
        return disk == null ? null : disk.committedOffset(partition);
    }

    @Override
    public boolean managesOffsets() {
        return disk != null && disk.managesOffsets();
    }

    @Override
    public boolean persistent() {
        return disk != null;
    }

    @Override
    public boolean isOpen() {
        return super.isOpen() && (disk == null || disk.isOpen());
    }

    @Override
    public void close() {
        super.close();
        clear();
        if (disk != null) {
            disk.close();
        }
    }
}
