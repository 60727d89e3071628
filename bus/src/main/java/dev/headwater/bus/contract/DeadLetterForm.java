package dev.headwater.bus.contract;

import dev.headwater.bus.Admission;
import dev.headwater.bus.BadReadingException;
import dev.headwater.bus.DeadLetter;
import dev.headwater.bus.DeadLetterReason;
import dev.headwater.bus.Limits;
import dev.headwater.bus.Topics;
import dev.headwater.bus.contract.MessageForm.Example;
import dev.headwater.forecasting.network.SensorNetwork;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import tools.jackson.databind.node.ObjectNode;

/// The form of a dead letter: the rejected record as it was, with headers that say why.
///
/// @param prefix of the message's name
record DeadLetterForm(SensorNetwork network, String prefix) {

    private static final String ABOUT =
            "A record of the readings topic that is no valid reading: key, value and headers as they were, with headers"
                    + " that say why and where it was. A large one is cut. Record time: that of the record;"
                    + " 1970-01-01T00:00:00Z where it was before that.";
    private static final String AS_IT_WAS = "As the producer wrote it: any bytes, or none.";
    private static final String WHOLE_NUMBER = "^-?[0-9]+$";

    MessageForm form() {
        ObjectNode bytes = Tree.object("description", AS_IT_WAS, "type", List.of("string", "null"));
        return new MessageForm(
                prefix + ".dead-letter",
                "Dead letter",
                ABOUT,
                MessageForm.BINARY,
                bytes,
                Optional.of(headers()),
                bytes.deepCopy().put("format", "binary"),
                List.of(example()));
    }

    private static ObjectNode headers() {
        ObjectNode headers = Tree.object();
        headers.set(DeadLetter.REASON, Tree.string("Code of the reason: " + reasons()));
        headers.set(DeadLetter.TEXT, Tree.string("The reason as a sentence."));
        headers.set(DeadLetter.TOPIC, Tree.string("Topic of the record."));
        headers.set(DeadLetter.PARTITION, number("Its partition."));
        headers.set(DeadLetter.OFFSET, number("Its offset."));
        headers.set(DeadLetter.TIME, number("Its time, milliseconds since 1970; may be negative."));
        ObjectNode schema = Tree.object("description", "UTF-8, beside those of the producer.", "type", "object");
        schema.set("required", Tree.list(headers.propertyNames()));
        headers.set(DeadLetter.CUT_FROM, number("Its size in bytes where it was cut; else absent."));
        schema.set("properties", headers);
        return schema;
    }

    private static String reasons() {
        return Arrays.stream(DeadLetterReason.values())
                .map(DeadLetterReason::code)
                .collect(Collectors.joining(", ", "", "; later versions may have more."));
    }

    private static ObjectNode number(String description) {
        return Tree.string(description, "pattern", WHOLE_NUMBER);
    }

    /// What the admission says of a value in single quotation marks.
    private Example example() {
        byte[] value = "{'value': 1}".getBytes(StandardCharsets.UTF_8);
        long time = new ExampleValues(network).time();
        DeadLetter letter = DeadLetter.of(
                fault(value),
                new DeadLetter.Source(Topics.of(network).readings(), 0, 1234, time),
                null,
                value,
                new RecordHeaders());
        return new Example(
                "malformed",
                "A value that is no reading.",
                tree(letter.allHeaders()),
                Tree.text(new String(value, StandardCharsets.UTF_8)));
    }

    private BadReadingException fault(byte[] value) {
        try {
            new Admission(network, Limits.DEFAULT).content(value, new RecordHeaders());
        } catch (BadReadingException e) {
            return e;
        }
        throw new IllegalStateException("a reading in single quotation marks was admitted");
    }

    private static ObjectNode tree(Headers headers) {
        ObjectNode tree = Tree.object();
        headers.forEach(header -> tree.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return tree;
    }
}
