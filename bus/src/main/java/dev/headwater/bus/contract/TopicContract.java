package dev.headwater.bus.contract;

import dev.headwater.bus.TopicSpec;
import java.util.List;

/// What a topic is to those who write or read it. The texts are for people.
///
/// @param topic     its definition
/// @param direction what the stream does with it
/// @param title     in two or three words
/// @param writers   who writes it
/// @param readers   who reads it
/// @param key       what the key is
/// @param value     what the value is
/// @param time      what the record time is
/// @param messages  the forms of its records; none for a topic that is internal
public record TopicContract(
        TopicSpec topic,
        Direction direction,
        String title,
        String writers,
        String readers,
        String key,
        String value,
        String time,
        List<MessageForm> messages) {

    /// What the stream does with a topic. A program outside does the opposite.
    public enum Direction {
        /// The stream reads it.
        RECEIVE("receive"),
        /// The stream writes it.
        SEND("send"),
        /// The stream writes and reads it, and nobody else.
        INTERNAL("");

        private final String action;

        Direction(String action) {
            this.action = action;
        }

        /// AsyncAPI's word; empty where there is none.
        String action() {
            return action;
        }
    }

    public TopicContract {
        messages = List.copyOf(messages);
    }

    /// Of no use to programs outside.
    public boolean isInternal() {
        return direction == Direction.INTERNAL;
    }
}
