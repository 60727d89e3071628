package dev.headwater.benchmarks.stream;

/// Takes what a reader of committed records finds on the topic of forecasts. Called by one thread.
@FunctionalInterface
public interface Answers {

    /// Looks at no answer.
    Answers IGNORED = (sensor, slot, value) -> {};

    /// @param sensor its number
    /// @param slot   of the reading that is answered, counted from the first that is sent
    void add(int sensor, int slot, byte[] value);

    /// Both take everything.
    default Answers and(Answers other) {
        return (sensor, slot, value) -> {
            add(sensor, slot, value);
            other.add(sensor, slot, value);
        };
    }
}
