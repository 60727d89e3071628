package dev.headwater.streams.state;

import dev.headwater.forecasting.network.SensorNetwork;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;

/// Keeps the [TaskAccuracy] of a task over a crash: before a commit it writes what has changed to its
/// changelog. Not thread-safe.
public final class AccuracyStore extends ChangelogStore {

    private final TaskAccuracy accuracy;

    AccuracyStore(String name, SensorNetwork network) {
        super(name);
        this.accuracy = new TaskAccuracy(network);
    }

    @Override
    public void init(StateStoreContext storeContext, StateStore root) {
        super.init(storeContext, root);
        storeContext.register(root, accuracy::restore);
    }

    public TaskAccuracy accuracy() {
        return accuracy;
    }

    @Override
    public void flushCache() {
        accuracy.takeChanges(this::log);
    }

    @Override
    public void close() {
        super.close();
        accuracy.clear();
    }
}
