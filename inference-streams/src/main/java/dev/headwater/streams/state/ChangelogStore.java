package dev.headwater.streams.state;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorContextUtils;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/// A store that writes to its changelog just before a commit.
///
/// Kafka Streams tells only stores with a cache that a commit is about to begin, and its way to write to a
/// changelog is not public either. So this class, and no other, uses internal interfaces of Kafka Streams.
/// `RecycledTaskTest` and the crash tests guard what it relies on. Not thread-safe.
abstract class ChangelogStore implements StateStore, CachedStateStore<byte[], byte[]> {

    private final String name;
    private @Nullable InternalProcessorContext<?, ?> context; // null while closed

    ChangelogStore(String name) {
        this.name = name;
    }

    /// Writes to the changelog what has changed since the last call.
    @Override
    public abstract void flushCache();

    /// @param value null to remove the key
    final void log(byte[] key, byte @Nullable [] value) {
        if (context != null) {
            context.logChange(
                    name,
                    Bytes.wrap(key),
                    value,
                    context.currentSystemTimeMs(),
                    new RecordHeaders(),
                    Position.emptyPosition());
        }
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext storeContext, StateStore root) {
        context = ProcessorContextUtils.asInternalProcessorContext(storeContext);
    }

    @Override
    public void clearCache() {}

    @Override
    public boolean setFlushListener(@Nullable CacheFlushListener<byte[], byte[]> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return context != null;
    }

    @Override
    public void close() {
        context = null;
    }
}
