package dev.headwater.bus;

/// A value that is not a reading; the message says why in one line.
public final class BadReadingException extends BadValueException {
    private static final long serialVersionUID = 1L;

    public BadReadingException(String reason) {
        super(reason);
    }
}
