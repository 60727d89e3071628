package dev.headwater.forecasting.network;

import dev.headwater.forecasting.InvalidInputException;

/// Shares of a history, in chronological order: the first part is for training, the second for validation, the
/// rest for the test.
///
/// @param train      share of the windows, above 0
/// @param validation share of the windows, above 0
public record SplitSpec(double train, double validation) {

    /// The literature's 70 / 10 / 20 for traffic (Li et al., *Diffusion Convolutional Recurrent Neural Network*, 2018).
    public static final SplitSpec DEFAULT = new SplitSpec(0.7, 0.1);

    private static final double GRAIN = 1e9;

    public SplitSpec {
        if (!(train > 0 && validation > 0 && train + validation < 1)) {
            throw new InvalidInputException(
                    "split: train and validation must be above 0 and leave something to test on, found " + train
                            + " and " + validation);
        }
    }

    /// The share of the test part, free of the rounding error of the subtraction, since it determines a number
    /// of windows.
    public double test() {
        return Math.round((1 - train - validation) * GRAIN) / GRAIN;
    }
}
