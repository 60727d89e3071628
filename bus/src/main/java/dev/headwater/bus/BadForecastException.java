package dev.headwater.bus;

/// A value that is not a forecast; the message says why in one line.
public final class BadForecastException extends BadValueException {
    private static final long serialVersionUID = 1L;

    public BadForecastException(String reason) {
        super(reason);
    }
}
