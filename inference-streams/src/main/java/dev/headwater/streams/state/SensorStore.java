package dev.headwater.streams.state;

import java.util.Map;
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

    private final Sensors sensors;
    private final @Nullable KeyValueStore<Bytes, byte[]> disk;

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
            storeContext.register(root, sensors::restore);
        } else {
            disk.init(storeContext, root); // registers a callback of its own, which restores to the disk
        }
    }

    /// The states, for a processor that begins to work on them.
    public Sensors sensors() {
        if (disk != null && sensors.isEmpty()) {
            try (KeyValueIterator<Bytes, byte[]> all = disk.all()) {
                while (all.hasNext()) {
                    KeyValue<Bytes, byte[]> one = all.next();
                    sensors.restore(one.key.get(), one.value);
                }
            }
        }
        return sensors;
    }

    @Override
    public void flushCache() {
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
            sensors.clear();
        }
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
        sensors.clear();
        if (disk != null) {
            disk.close();
        }
    }
}
