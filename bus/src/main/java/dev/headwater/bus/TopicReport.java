package dev.headwater.bus;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The state of one topic, or what was done to it.
///
/// @param partitions  on the broker; 0 = no such topic
/// @param replication copies of each partition
/// @param config      the settings that Headwater requests
/// @param drift       the settings that differ, or differed, on the broker, with the requested value
/// @param state       what was found or done
public record TopicReport(
        String topic,
        int partitions,
        int replication,
        SortedMap<String, String> config,
        Map<String, String> drift,
        State state) {

    /// Found: good, drifted or missing. Done: unchanged, changed or created.
    public enum State {
        GOOD,
        DRIFTED,
        MISSING,
        UNCHANGED,
        CHANGED,
        CREATED;

        /// As it is printed.
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Looks at the topics and changes nothing.
    ///
    /// @throws dev.headwater.forecasting.InvalidInputException when no broker answers
    public static List<TopicReport> list(ClientConfig client, List<TopicSpec> specs) {
        return TopicAdmin.look(client, specs).stream()
                .map(state -> new TopicReport(state, state.drift(), judgement(state)))
                .toList();
    }

    /// Creates missing topics and corrects settings, as [TopicAdmin#apply] does.
    ///
    /// @param replication copies of each partition of a new topic; empty for the broker's own default
    /// @throws dev.headwater.forecasting.InvalidInputException when no broker answers, or it refuses
    public static List<TopicReport> apply(ClientConfig client, List<TopicSpec> specs, Optional<Short> replication) {
        List<TopicState> before = TopicAdmin.apply(client, specs, replication);
        List<TopicState> after = TopicAdmin.look(client, specs);
        List<TopicReport> reports = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            TopicState was = before.get(i);
            State done = !was.exists() ? State.CREATED : was.drift().isEmpty() ? State.UNCHANGED : State.CHANGED;
            reports.add(new TopicReport(after.get(i), was.drift(), done));
        }
        return reports;
    }

    private TopicReport(TopicState state, Map<String, String> drift, State done) {
        this(
                state.wanted().name(),
                state.partitions(),
                state.replication(),
                new TreeMap<>(state.wanted().config()),
                drift,
                done);
    }

    private static State judgement(TopicState state) {
        if (!state.exists()) {
            return State.MISSING;
        }
        boolean good =
                state.drift().isEmpty() && state.partitions() == state.wanted().partitions();
        return good ? State.GOOD : State.DRIFTED;
    }
}
