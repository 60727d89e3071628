package dev.headwater.lab.definition;

import dev.headwater.forecasting.InvalidInputException;

/// The rule for a share that is dropped.
final class Share {

    private Share() {}

    /// @throws InvalidInputException unless it is from 0 to below 1
    static void require(String name, double share) {
        if (!(share >= 0 && share < 1)) {
            throw new InvalidInputException(name + " must be from 0 to below 1, found " + share);
        }
    }
}
