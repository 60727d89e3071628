package dev.headwater.forecasting.accuracy;

/// How far back live figures reach, in event time.
public enum Span {
    START("start"),
    HOUR("1h"),
    DAY("24h"),
    WEEK("7d");

    private final String word;

    Span(String word) {
        this.word = word;
    }

    /// The word in records and labels.
    public String word() {
        return word;
    }
}
