package dev.headwater.trainer.forecast;

import dev.headwater.forecasting.evaluation.ChronologicalSplit.Range;
import dev.headwater.forecasting.network.WindowSpec;

/// The validation part in two: the first half chooses the epoch; the intervals are fitted on the rest, which
/// so has chosen nothing, without the windows in between that share truths with the first half. A part that
/// is too short for this serves both as a whole.
///
/// @param choosing windows that choose the epoch
/// @param fitting  windows that the intervals are fitted on
record ValidationHalves(Range choosing, Range fitting) {

    static ValidationHalves of(Range part, WindowSpec window) {
        int half = part.count() / 2;
        int lead = window.lead(window.horizon());
        int rest = part.count() - half - lead;
        return rest < lead
                ? new ValidationHalves(part, part)
                : new ValidationHalves(new Range(part.first(), half), new Range(part.first() + half + lead, rest));
    }

    /// Whether the two have no truth in common.
    boolean areApart() {
        return !choosing.equals(fitting);
    }
}
