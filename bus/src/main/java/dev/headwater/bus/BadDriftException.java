package dev.headwater.bus;

/// A value that is not a drift event; the message says why in one line.
public final class BadDriftException extends BadValueException {
    private static final long serialVersionUID = 1L;

    public BadDriftException(String reason) {
        super(reason);
    }
}
