package dev.headwater.dashboard;

import org.jspecify.annotations.Nullable;

/// A replay of history that the page can control. Thread-safe.
public interface ReplayControl {

    /// Slowest and fastest speed, times real time.
    double SLOWEST = 1;

    double FASTEST = 3600;

    /// What the replay does now.
    ///
    /// @param state `playing`, `paused` or `ended`
    /// @param speed times real time; null = as fast as the broker accepts readings
    /// @param time  the newest slot sent, milliseconds since 1970
    /// @param from  the first slot
    /// @param to    the slot after the last; null when there is no end
    record State(
            String state,
            @Nullable Double speed,
            long time,
            long from,
            @Nullable Long to) {}

    State state();

    void pause();

    void resume();

    /// @param speed times real time, [#SLOWEST] to [#FASTEST]
    void speed(double speed);

    /// Sends everything up to a later time as fast as possible.
    ///
    /// @param time milliseconds since 1970
    void skip(long time);
}
