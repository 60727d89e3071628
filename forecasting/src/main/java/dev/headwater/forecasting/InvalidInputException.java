package dev.headwater.forecasting;

/// Something that a user gave (a file, a key, a value, an address) breaks a rule. The message is one line that says the
/// subject, the rule, the value found, and the file or key; the command line prints it alone, without a stack trace.
/// It often quotes what came from outside, so what is invisible in it is written out.
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidInputException(String message) {
        super(Printable.line(message));
    }

    public InvalidInputException(String message, Throwable cause) {
        super(Printable.line(message), cause);
    }
}
