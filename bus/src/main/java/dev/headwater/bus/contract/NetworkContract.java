package dev.headwater.bus.contract;

import static java.util.Objects.requireNonNull;

import dev.headwater.bus.AccuracyCodec;
import dev.headwater.bus.DriftCodec;
import dev.headwater.bus.KeywordCodec;
import dev.headwater.bus.TopicSpec;
import dev.headwater.bus.Topics;
import dev.headwater.bus.contract.MessageForm.Example;
import dev.headwater.bus.contract.TopicContract.Direction;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// The topics of one network, those of its own.
final class NetworkContract {

    static final String FORECAST = "forecast";
    static final String KEYWORD = "keyword";
    static final String ACCURACY = "accuracy";
    static final String DRIFT = "drift";

    private static final String ANYONE = "dashboards, any program";

    private final SensorNetwork network;
    private final Topics topics;
    private final ExampleValues values;
    private final ReadingForms readings;
    private final Map<String, Function<TopicSpec, TopicContract>> byName;

    NetworkContract(SensorNetwork network) {
        this.network = network;
        this.topics = Topics.of(network);
        this.values = new ExampleValues(network);
        this.readings = new ReadingForms(network, topics.prefix());
        this.byName = Map.of(
                topics.readings(), this::readings,
                topics.forecasts(), this::forecasts,
                topics.keywords(), this::keywords,
                topics.accuracy(), this::accuracy,
                topics.drift(), this::drift,
                topics.driftReports(), this::driftReports,
                topics.deadReadings(), this::deadReadings);
    }

    List<TopicContract> topics(int partitions) {
        return topics.specs(partitions).stream()
                .filter(spec -> !spec.name().equals(Topics.MODELS)) // of all networks
                .map(spec ->
                        requireNonNull(byName.get(spec.name()), spec.name()).apply(spec))
                .toList();
    }

    ReadingForms readingForms() {
        return readings;
    }

    private TopicContract readings(TopicSpec spec) {
        return new TopicContract(
                spec,
                Direction.RECEIVE,
                "Readings",
                "any producer; ingest, dead-letters replay",
                "serve, the trainer",
                sensor(),
                readings.words(),
                network.audio() == null ? "event time" : "event time of the first sample",
                readings.all());
    }

    private TopicContract forecasts(TopicSpec spec) {
        return new TopicContract(
                spec,
                Direction.SEND,
                "Forecasts",
                "serve",
                ANYONE,
                sensor(),
                "JSON or binary: forecast",
                "issuedAt, start of the newest slot seen",
                new ForecastForms(network, topics.prefix(), sensorKey()).all());
    }

    private TopicContract keywords(TopicSpec spec) {
        List<String> words = requireNonNull(network.audio()).words();
        MessageForm form = json(
                KEYWORD,
                "Keyword event",
                "A word was heard; the newest record of (source, from) counts. Record time: from, the begin of the"
                        + " clip.",
                sensorKey(),
                Example.of("heard", "A word.", new KeywordCodec().encode(values.keyword(words))));
        return sent(spec, "Words heard", sensor(), "JSON: keyword event", "begin of the clip", form);
    }

    private TopicContract accuracy(TopicSpec spec) {
        MessageForm form = json(
                ACCURACY,
                "Live accuracy",
                "What the forecasts of one partition were off; the newest record of a partition counts. Record time:"
                        + " the end of the newest slot whose truths were compared.",
                Keys.partition(),
                Example.of("accuracy", "After two forecasts.", new AccuracyCodec().encode(values.accuracy())));
        String time = "end of the newest slot whose truths were compared";
        return sent(spec, "Live accuracy", "number of the readings' partition", "JSON: accuracy", time, form);
    }

    private TopicContract drift(TopicSpec spec) {
        MessageForm form = json(
                DRIFT,
                "Drift event",
                "A group of sensors has changed; the newest record of (network, from) counts. Record time: to, when"
                        + " the last of them was found.",
                Keys.network(network),
                Example.of("drift", "One sensor.", new DriftCodec().encode(values.drift())));
        return sent(
                spec, "Drift events", "network", "JSON: drift event", "when the last of the sensors was found", form);
    }

    private TopicContract driftReports(TopicSpec spec) {
        return new TopicContract(
                spec,
                Direction.INTERNAL,
                "Reports of drift",
                "serve alone",
                "serve alone",
                "internal",
                "internal, of no use to others",
                "internal",
                List.of());
    }

    private TopicContract deadReadings(TopicSpec spec) {
        return new TopicContract(
                spec,
                Direction.SEND,
                "Dead letters",
                "serve",
                "operators; dead-letters list, replay",
                "that of the rejected record",
                "that of the rejected record; the reason is in headers",
                "that of the rejected record",
                List.of(new DeadLetterForm(network, topics.prefix()).form()));
    }

    private static TopicContract sent(
            TopicSpec spec, String title, String key, String value, String time, MessageForm form) {
        return new TopicContract(spec, Direction.SEND, title, "serve", ANYONE, key, value, time, List.of(form));
    }

    private MessageForm json(String schema, String title, String description, ObjectNode key, Example... examples) {
        String name = topics.prefix() + "." + schema;
        ObjectNode payload = Tree.reference("components", "schemas", schema);
        return MessageForm.json(name, title, description, key, payload, examples);
    }

    private String sensor() {
        return network.audio() == null ? "sensor id" : "source of the sound";
    }

    private ObjectNode sensorKey() {
        return Keys.sensor(network.audio() == null ? "The sensor's id" : "Whose sound it is");
    }
}
