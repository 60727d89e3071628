package dev.headwater.benchmarks.state;

/// What is measured of a stream.
enum Figure {
    HEAP("heap a sensor, bytes", 0),
    CHANGELOG("changelog a reading, at a reading a second, bytes", 0),
    STREAM_TIME("processor time of the stream threads a forecast, us", 1),
    PROCESS_TIME("processor time of the stream's process a forecast, us", 1),
    ALLOCATED("allocated by the stream threads a forecast, bytes", 0),
    RATE("forecasts a second", 0),
    START("start without state, s", 1),
    RESTORE("start with its state restored, s", 1),
    RESTORED("changelogs that were restored, MB", 1);

    private final String label;
    private final int decimals;

    Figure(String label, int decimals) {
        this.label = label;
        this.decimals = decimals;
    }

    String label() {
        return label;
    }

    /// Digits after the point.
    int decimals() {
        return decimals;
    }
}
