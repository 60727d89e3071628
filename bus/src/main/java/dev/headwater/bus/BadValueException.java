package dev.headwater.bus;

import org.apache.kafka.common.errors.SerializationException;

/// The value of a record breaks a rule. The message is one line without topic and offset, which the reader of
/// the record knows. Extends [SerializationException], so that Kafka's own handlers recognise it.
public abstract sealed class BadValueException extends SerializationException
        permits BadReadingException,
                BadForecastException,
                BadKeywordException,
                BadAccuracyException,
                BadDriftException {
    private static final long serialVersionUID = 1L;

    BadValueException(String reason) {
        super(reason);
    }

    /// No stack trace: a broken producer sends bad values at full rate, and the place that detects them says
    /// nothing about the cause.
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
