package dev.headwater.dashboard;

/// Remembers what was asked of it.
final class RecordedReplay implements ReplayControl {

    private volatile String asked = "";

    @Override
    public State state() {
        return new State(asked.equals("pause") ? "paused" : "playing", 300.0, 1000, 0, null);
    }

    @Override
    public void pause() {
        asked = "pause";
    }

    @Override
    public void resume() {
        asked = "resume";
    }

    @Override
    public void speed(double speed) {
        asked = "speed " + speed;
    }

    @Override
    public void skip(long time) {
        asked = "skip " + time;
    }

    String asked() {
        return asked;
    }
}
