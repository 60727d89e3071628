package dev.headwater.streams.sensors;

import dev.headwater.streams.state.Sensors;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/// The questions to one task. Any thread puts them, that of the task answers.
public final class Mailbox {

    private final Queue<Letter<?>> letters = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /// @param answer completed on the thread of the task
    private record Letter<T>(Function<Sensors, T> question, CompletableFuture<T> answer) {

        /// A question that fails must not end the stream.
        void answer(Sensors sensors) {
            try {
                answer.complete(question.apply(sensors));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        }
    }

    Mailbox() {}

    /// Puts a question. The answer comes on the thread of the task.
    public <T> CompletableFuture<T> put(Function<Sensors, T> question) {
        Letter<T> letter = new Letter<>(question, new CompletableFuture<>());
        letters.add(letter);
        if (closed) { // perhaps after the last look into the mailbox
            refuseAll();
        }
        return letter.answer;
    }

    /// Answers the oldest question, if there is one: one at a time, since readings wait meanwhile.
    public void answer(Sensors sensors) {
        Letter<?> letter = letters.poll();
        while (letter != null && letter.answer.isDone()) { // nobody waits for it any more
            letter = letters.poll();
        }
        if (letter != null) {
            letter.answer(sensors);
        }
    }

    void close() {
        closed = true;
        refuseAll();
    }

    private void refuseAll() {
        for (Letter<?> letter = letters.poll(); letter != null; letter = letters.poll()) {
            letter.answer.completeExceptionally(new NoAnswerException("a part of the stream moves", null));
        }
    }
}
