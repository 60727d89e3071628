package dev.headwater.lab.data;

/// Mean and standard deviation of a column in one part of the data, before and after it is normalised by those
/// of the
/// training part.
///
/// @param part      `train`, `validation` or `test`
/// @param rows      rows of the part
/// @param mean      in the column's unit
/// @param deviation in the column's unit
/// @param meanAfter      of the normalised column
/// @param deviationAfter of the normalised column
public record ColumnStatistics(
        String part, int rows, double mean, double deviation, double meanAfter, double deviationAfter) {}
