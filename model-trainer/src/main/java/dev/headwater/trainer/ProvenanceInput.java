package dev.headwater.trainer;

/// Provenance of the history, which the trainer itself cannot know.
///
/// @param source      file name of the history
/// @param fingerprint SHA-256 of the history's bytes
/// @param commit      revision of the code
public record ProvenanceInput(String source, String fingerprint, String commit) {}
