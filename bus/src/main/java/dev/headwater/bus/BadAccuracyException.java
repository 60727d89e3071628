package dev.headwater.bus;

/// A value that is not a record of live accuracy; the message says why in one line.
public final class BadAccuracyException extends BadValueException {
    private static final long serialVersionUID = 1L;

    public BadAccuracyException(String reason) {
        super(reason);
    }
}
