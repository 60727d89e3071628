package dev.headwater.bus;

/// A value that is not a keyword event; the message says why in one line.
public final class BadKeywordException extends BadValueException {
    private static final long serialVersionUID = 1L;

    public BadKeywordException(String reason) {
        super(reason);
    }
}
