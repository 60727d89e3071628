package dev.headwater.cli;

import dev.headwater.dashboard.ReplayControl;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.replay.Playback;
import dev.headwater.ingest.replay.Speed;
import java.time.Instant;
import java.util.Locale;

/// Has a page control a playback.
///
/// @param network of its readings
public record PlaybackControl(SensorNetwork network, Playback playback) implements ReplayControl {

    @Override
    public State state() {
        Playback.State now = playback.state();
        double factor = now.speed().factor();
        Instant last = now.last();
        return new State(
                now.phase().name().toLowerCase(Locale.ROOT),
                Double.isInfinite(factor) ? null : factor,
                now.at().toEpochMilli(),
                now.first().toEpochMilli(),
                last == null ? null : last.toEpochMilli());
    }

    @Override
    public void pause() {
        playback.pause();
    }

    @Override
    public void resume() {
        playback.resume();
    }

    @Override
    public void speed(double speed) {
        playback.speed(new Speed(speed));
    }

    @Override
    public void skip(long time) {
        playback.skipTo(network.clock().slotOf(time));
    }
}
