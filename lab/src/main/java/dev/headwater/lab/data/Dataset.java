package dev.headwater.lab.data;

import java.util.List;

/// What a row is trained and scored on.
///
/// @param name        the data at hand in a few words, as reports print it: `Jena 2020, 52,696 rows`
/// @param same        true when it is the very data of the document, so that figures can stand side by side
/// @param input       shape of an input
/// @param target      shape of a target; for classes `[1][classes]`, one-hot, or `[1][1]` for two classes
/// @param train       examples for training
/// @param validation  examples for every choice
/// @param test        examples for the test
/// @param naive       the baseline
/// @param classes     names of the classes; empty when values are predicted
/// @param unitFactor  what an error of 1 in the targets is in `unit`
/// @param unit        unit of the values, empty for none: `degC`
public record Dataset(
        String name,
        boolean same,
        Shape input,
        Shape target,
        Examples train,
        Examples validation,
        Examples test,
        Baseline naive,
        List<String> classes,
        double unitFactor,
        String unit) {}
