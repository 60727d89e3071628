package dev.headwater.lab.engine;

import java.util.Map;

/// A finished run.
///
/// @param pictures PNG files by name, without extension
public record RowRun(RowResult result, Map<String, byte[]> pictures) {}
