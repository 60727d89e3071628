package dev.headwater.trainer;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.Suggestion;
import dev.headwater.trainer.layer.OneCycleSchedule;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

/// How the learning rate goes over a training run.
public enum LearningRateSchedule {
    /// Up and down over all epochs that there may be: [OneCycleSchedule].
    ONE_CYCLE,
    /// The highest rate, halved whenever validation has not got better for some epochs.
    PLATEAU,
    /// The highest rate throughout.
    CONSTANT;

    /// The name in settings: `one-cycle`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// @throws InvalidInputException when there is none of that name
    public static LearningRateSchedule of(String label) {
        List<String> labels =
                Arrays.stream(values()).map(LearningRateSchedule::label).toList();
        int index = labels.indexOf(label);
        if (index < 0) {
            throw new InvalidInputException("training setting schedule must be one of " + String.join(", ", labels)
                    + ", found '" + label + "'" + Suggestion.of(label, labels));
        }
        return values()[index];
    }

    /// The rate by update, as DL4J asks for it. That of `plateau` is set anew between epochs.
    ///
    /// @param highest    learning rate
    /// @param iterations updates that a cycle spans
    ISchedule rates(double highest, int iterations) {
        return switch (this) {
            case ONE_CYCLE -> new OneCycleSchedule(highest, iterations);
            case PLATEAU, CONSTANT -> new FixedSchedule(highest);
        };
    }
}
