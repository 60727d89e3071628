package dev.headwater.ingest.terminal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressState;

/// The text of a progress bar. Each part is shown whole or not at all, and the bar takes the remaining width.
///
/// @param unit     the counted items, in the plural
/// @param timeLeft false when the messages themselves state the remaining time
record BarText(String unit, boolean timeLeft) {

    private static final int NARROWEST = 10;
    private static final int WIDEST = 40;

    /// One line of a terminal, such as `epoch 1/5  42 % [====>     ] loss 2.345, 0:12 left`.
    String drawn(ProgressState state, int width) {
        if (isIndefinite(state)) {
            return fitted(state.getTaskName() + ",", parts(state), width);
        }
        String head = String.format(Locale.ROOT, "%s %3d %% [", state.getTaskName(), percent(state));
        String tail = fitted("]", parts(state), Math.max(1, width - head.length() - NARROWEST));
        int bar = Math.clamp(width - (long) head.length() - tail.length(), 0, WIDEST);
        String line = head + bar(state.getNormalizedProgress(), bar) + tail;
        return line.length() <= width ? line : line.substring(0, Math.max(0, width));
    }

    /// One line of a log, such as `epoch 1/5: 42 %, 105000 of 250000 windows, loss 2.345, 0:12 left`.
    String plain(ProgressState state) {
        List<String> parts = new ArrayList<>();
        if (!isIndefinite(state)) {
            parts.add(percent(state) + " %");
            parts.add(state.getCurrent() + " of " + state.getMax() + " " + unit);
        }
        parts.addAll(parts(state));
        return state.getTaskName() + ": " + String.join(", ", parts);
    }

    /// True when the total is unknown.
    static boolean isIndefinite(ProgressState state) {
        return state.isIndefinite() || state.getMax() <= 0;
    }

    static boolean isComplete(ProgressState state) {
        return !isIndefinite(state) && state.getCurrent() >= state.getMax();
    }

    /// Message, time and speed, the most important first.
    private List<String> parts(ProgressState state) {
        List<String> parts =
                new ArrayList<>(Arrays.asList(state.getExtraMessage().strip().split(", ")));
        parts.removeIf(String::isEmpty);
        double seconds = state.getTotalElapsed().toMillis() / 1e3;
        if (isIndefinite(state) || isComplete(state)) {
            parts.add(clock(seconds));
        } else if (timeLeft && state.getCurrent() > 0) {
            parts.add(clock(seconds * (state.getMax() - state.getCurrent()) / state.getCurrent()) + " left");
        }
        if (state.getCurrent() > 0 && seconds > 0) {
            parts.add(String.format(Locale.ROOT, "%.0f %s/s", state.getCurrent() / seconds, unit));
        }
        return parts;
    }

    private static String clock(double seconds) {
        Duration time = Duration.ofSeconds(Math.round(seconds));
        return String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
    }

    private static int percent(ProgressState state) {
        return (int) Math.floor(100 * Math.min(1, state.getNormalizedProgress()));
    }

    /// The head and all following parts that still fit.
    private static String fitted(String head, List<String> parts, int width) {
        StringBuilder line = new StringBuilder(head);
        String between = " ";
        for (String part : parts) {
            if (line.length() + between.length() + part.length() <= width) {
                line.append(between).append(part);
                between = ", ";
            }
        }
        return line.toString();
    }

    private static String bar(double share, int width) {
        int done = (int) (Math.min(1, share) * width);
        String arrow = done < width ? ">" : "";
        return "=".repeat(done) + arrow + " ".repeat(width - done - arrow.length());
    }
}
