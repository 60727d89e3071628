package dev.headwater.bus;

import org.apache.kafka.common.errors.SerializationException;

/// The value of a record breaks a rule. The message is one line without the subject (which topic and offset), which the
/// reader of the record knows. A [SerializationException], so that Kafka's own handlers take it for what it is.
public abstract sealed class BadValueException extends SerializationException
        permits BadReadingException, BadForecastException, BadKeywordException {
    private static final long serialVersionUID = 1L;

    BadValueException(String reason) {
        super(reason);
    }

    /// No stack trace: a broken producer sends bad values at full rate, and where they are noticed says nothing.
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
