package dev.headwater.forecasting.truth;

import dev.headwater.forecasting.network.WindowSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What [PendingForecasts] must do, with maps and sets that never forget.
final class PlainPending {

    /// A step with a truth, or without one.
    record Step(short model, long issued, long target, int step, float truth) {}

    private final WindowSpec window;
    private final int rows;
    private final Map<Long, Short> pending = new HashMap<>(); // model by slot of issue
    private final Set<Long> settled = new HashSet<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Step> missing = new ArrayList<>();
    private long through = Long.MIN_VALUE;

    PlainPending(WindowSpec window) {
        this.window = window;
        this.rows = window.lead(window.horizon());
    }

    void settle(long slot, Map<Long, Float> truths) {
        if (through == Long.MIN_VALUE) {
            through = slot;
        }
        for (long target = through - rows + 1; target <= slot && slot >= through; target++) {
            Float truth = truths.get(target);
            if (truth != null && settled.add(target)) {
                for (int step = 0; step < window.horizon(); step++) {
                    add(target - window.lead(step + 1), step, truth, steps);
                }
            }
            if (target > through) {
                drop(target - rows);
            }
        }
        through = Math.max(slot, through);
    }

    private void add(long issued, int step, float truth, List<Step> to) {
        Short model = pending.get(issued);
        if (model != null) {
            to.add(new Step(model, issued, issued + window.lead(step + 1), step, truth));
        }
    }

    private void drop(long issued) {
        for (int step = 0; step < window.horizon(); step++) {
            if (!settled.contains(issued + window.lead(step + 1))) {
                add(issued, step, Float.NaN, missing);
            }
        }
        pending.remove(issued);
    }

    /// @param model null for a forecast that abstained
    void issue(long slot, Short model) {
        if (slot > through - rows) {
            pending.remove(slot);
            if (model != null) {
                pending.put(slot, model);
            }
        }
    }

    List<Step> steps() {
        return steps;
    }

    List<Step> missing() {
        return missing;
    }
}
