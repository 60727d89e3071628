package dev.headwater.dashboard.web;

import dev.headwater.dashboard.ReplayControl;
import dev.headwater.forecasting.InvalidInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a page asks of a replay.
sealed interface ReplayCommand {

    void applyTo(ReplayControl replay);

    record Pause() implements ReplayCommand {
        @Override
        public void applyTo(ReplayControl replay) {
            replay.pause();
        }
    }

    record Resume() implements ReplayCommand {
        @Override
        public void applyTo(ReplayControl replay) {
            replay.resume();
        }
    }

    record Faster(double speed) implements ReplayCommand {
        @Override
        public void applyTo(ReplayControl replay) {
            replay.speed(speed);
        }
    }

    record Skip(long time) implements ReplayCommand {
        @Override
        public void applyTo(ReplayControl replay) {
            replay.skip(time);
        }
    }

    /// Reads `{"action": "pause"}` and the like.
    ///
    /// @throws InvalidInputException when it has another form
    static ReplayCommand read(String body) {
        JsonNode json;
        try {
            json = JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            throw new InvalidInputException("body: must be a JSON object, found other text", e);
        }
        String action = json.path("action").asString("");
        return switch (action) {
            case "pause" -> new Pause();
            case "resume" -> new Resume();
            case "speed" -> new Faster(number(json, "speed", ReplayControl.SLOWEST, ReplayControl.FASTEST));
            case "skip" -> new Skip((long) number(json, "time", 0, Long.MAX_VALUE));
            default -> throw Parameters.wrong("action", "pause, resume, speed or skip", action);
        };
    }

    private static double number(JsonNode json, String name, double least, double most) {
        JsonNode value = json.path(name);
        if (!value.isNumber() || !(value.asDouble() >= least && value.asDouble() <= most)) {
            throw Parameters.wrong(name, "a number from " + (long) least + " to " + (long) most, value.toString());
        }
        return value.asDouble();
    }
}
