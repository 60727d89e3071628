package dev.headwater.bus;

/// A value that is not a reading; the message says why in one line.
public final class BadReadingException extends BadValueException {
    private static final long serialVersionUID = 1L;

    private final DeadLetterReason reason;

    /// A fault of kind [DeadLetterReason#MALFORMED].
    public BadReadingException(String text) {
        this(DeadLetterReason.MALFORMED, text);
    }

    public BadReadingException(DeadLetterReason reason, String text) {
        super(text);
        this.reason = reason;
    }

    /// The kind of fault.
    public DeadLetterReason reason() {
        return reason;
    }
}
