package dev.headwater.streams.state;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.jspecify.annotations.Nullable;

/// What a version before 3 of [StoredParts] left in the changelog of one of its stores. It is read once, and
/// removed with the next commit. Not thread-safe.
public final class OldStore extends ChangelogStore {

    private final Map<String, byte[]> records = new TreeMap<>();
    private boolean isRead;

    OldStore(String name) {
        super(name);
    }

    /// The records by key; they are removed with the next commit.
    Map<String, byte[]> read() {
        isRead = true;
        return records;
    }

    @Override
    public void init(StateStoreContext storeContext, StateStore root) {
        super.init(storeContext, root);
        isRead = false;
        storeContext.register(root, this::restore);
    }

    void restore(byte[] key, byte @Nullable [] value) {
        String text = new String(key, StandardCharsets.UTF_8);
        if (value == null) {
            records.remove(text);
        } else {
            records.put(text, value);
        }
    }

    @Override
    public void flushCache() {
        if (isRead) {
            records.keySet().forEach(key -> log(key.getBytes(StandardCharsets.UTF_8), null));
            records.clear();
        }
    }

    @Override
    public void close() {
        super.close();
        records.clear();
    }
}
