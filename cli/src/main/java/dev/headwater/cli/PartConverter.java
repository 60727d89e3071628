package dev.headwater.cli;

import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `train`, `validation` or `test`.
final class PartConverter implements ITypeConverter<ChronologicalSplit.Part> {

    @Override
    public ChronologicalSplit.Part convert(String value) {
        for (ChronologicalSplit.Part part : ChronologicalSplit.Part.values()) {
            if (part.label().equals(value)) {
                return part;
            }
        }
        throw new TypeConversionException("must be train, validation or test, found '" + value + "'");
    }
}
