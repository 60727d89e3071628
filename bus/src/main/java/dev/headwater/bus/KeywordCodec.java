package dev.headwater.bus;

import dev.headwater.forecasting.audio.KeywordEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.util.ByteArrayBuilder;

/// Turns a keyword event into JSON and back; the form is that of `schemas/keyword.schema.json`. The words are the
/// field names of `probabilities`, in the order of the event's words. Unknown fields are ignored. Thread-safe.
public final class KeywordCodec {

    private static final String SOURCE = "source";
    private static final String WORD = "word";
    private static final String PROBABILITY = "probability";
    private static final String PROBABILITIES = "probabilities";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String MODEL = "model";

    private static final FieldRules RULES = new FieldRules(BadKeywordException::new, "2026-03-17T06:00:00.020Z");

    /// Writes an event as a JSON object.
    public byte[] encode(KeywordEvent event) {
        ByteArrayBuilder out = new ByteArrayBuilder(200 + 24 * event.words().size());
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            json.writeStringProperty(SOURCE, event.source());
            json.writeStringProperty(WORD, event.word());
            json.writeNumberProperty(PROBABILITY, event.probability());
            json.writeObjectPropertyStart(PROBABILITIES);
            for (int w = 0; w < event.words().size(); w++) {
                json.writeNumberProperty(event.words().get(w), event.probabilities()[w]);
            }
            json.writeEndObject();
            json.writeStringProperty(FROM, Instant.ofEpochMilli(event.from()).toString());
            json.writeStringProperty(TO, Instant.ofEpochMilli(event.to()).toString());
            json.writeStringProperty(MODEL, event.model());
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /// @throws BadKeywordException when the value breaks a rule; nothing else is thrown, whatever the bytes
    public KeywordEvent decode(byte @Nullable [] value) {
        if (value == null || value.length == 0) {
            throw new BadKeywordException("no value");
        }
        try (JsonParser json = Json.parser(value)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new BadKeywordException("not a JSON object");
            }
            Fields fields = new Fields();
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                json.nextToken();
                fields.read(json, name);
            }
            if (json.nextToken() != null) {
                throw new BadKeywordException("not JSON: more after the object");
            }
            return fields.toEvent();
        } catch (JacksonException e) {
            throw new BadKeywordException(Json.reason(e, value));
        }
    }

    /// The fields of one event that have been read so far, in any order.
    private static final class Fields {

        private @Nullable String source;
        private @Nullable String word;
        private @Nullable Long from;
        private @Nullable Long to;
        private @Nullable String model;
        private final List<String> words = new ArrayList<>();
        private final List<Float> probabilities = new ArrayList<>();

        void read(JsonParser json, String name) {
            switch (name) {
                case SOURCE -> source = RULES.text(json, name);
                case WORD -> word = RULES.text(json, name);
                case FROM -> from = RULES.instant(json, name);
                case TO -> to = RULES.instant(json, name);
                case MODEL -> model = RULES.text(json, name);
                case PROBABILITIES -> readProbabilities(json);
                default -> json.skipChildren(); // unknown fields, and `probability`, which is in PROBABILITIES
            }
        }

        private void readProbabilities(JsonParser json) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw RULES.wrong(json, PROBABILITIES, "an object with a number per word");
            }
            words.clear();
            probabilities.clear();
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                json.nextToken();
                words.add(name);
                probabilities.add(probability(json, name));
            }
        }

        KeywordEvent toEvent() {
            if (words.isEmpty()) {
                throw new BadKeywordException(PROBABILITIES + ": must be there, found none");
            }
            float[] values = new float[probabilities.size()]; // [word]
            for (int w = 0; w < values.length; w++) {
                values[w] = probabilities.get(w);
            }
            long begin = RULES.required(FROM, from);
            long end = RULES.required(TO, to);
            KeywordEvent event = new KeywordEvent(
                    RULES.required(SOURCE, source), words, values, begin, end, RULES.required(MODEL, model));
            if (!event.word().equals(RULES.required(WORD, word))) {
                throw new BadKeywordException("word: must be the likeliest one, " + event.word() + ", found " + word);
            }
            if (end <= begin) {
                throw new BadKeywordException("to: must come after from");
            }
            return event;
        }

        private static float probability(JsonParser json, String name) {
            try {
                if (json.currentToken().isNumeric() && json.getFloatValue() >= 0 && json.getFloatValue() <= 1) {
                    return json.getFloatValue();
                }
            } catch (InputCoercionException e) {
                throw RULES.wrong(json, PROBABILITIES + "." + name, "a number from 0 to 1");
            }
            throw RULES.wrong(json, PROBABILITIES + "." + name, "a number from 0 to 1");
        }
    }
}
