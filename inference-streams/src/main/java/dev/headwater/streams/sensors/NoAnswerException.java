package dev.headwater.streams.sensors;

import org.jspecify.annotations.Nullable;

/// The stream cannot answer now, but may soon.
public final class NoAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// @param message why, for the one who asked
    public NoAnswerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
