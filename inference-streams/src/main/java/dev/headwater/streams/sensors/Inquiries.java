package dev.headwater.streams.sensors;

import dev.headwater.streams.state.Sensors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// Puts questions to all tasks of an instance. The states of sensors belong to the threads of their tasks, so each
/// task answers on its own thread, between two records, and the stream needs no locks. Thread-safe.
public final class Inquiries {

    private final Set<Mailbox> tasks = ConcurrentHashMap.newKeySet();

    /// A mailbox for a new task.
    public Mailbox join() {
        Mailbox mailbox = new Mailbox();
        tasks.add(mailbox);
        return mailbox;
    }

    /// Removes a task. It answers no more questions.
    public void leave(Mailbox task) {
        tasks.remove(task);
        task.close();
    }

    /// Asks all tasks, and waits for their answers.
    ///
    /// @param question asked on the thread of each task; it must be quick, and neither change the states nor keep
    ///                 any of their views
    /// @return an answer per task, in any order
    /// @throws NoAnswerException when a task does not answer in time, or leaves the instance
    public <T> List<T> ask(Function<Sensors, T> question, Duration within) throws InterruptedException {
        List<CompletableFuture<T>> letters =
                tasks.stream().map(task -> task.put(question)).toList();
        long until = System.nanoTime() + within.toNanos();
        List<T> answers = new ArrayList<>();
        for (CompletableFuture<T> letter : letters) {
            answers.add(await(letter, until - System.nanoTime()));
        }
        return answers;
    }

    private static <T> T await(CompletableFuture<T> letter, long nanos) throws InterruptedException {
        try {
            return letter.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            letter.cancel(false); // a task that is late need not answer any more
            throw new NoAnswerException("the stream did not answer in time", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof NoAnswerException left ? left : new CompletionException(e.getCause());
        }
    }
}
