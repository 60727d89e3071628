package dev.headwater.trainer;

/// What the trainer cannot know of the history it is given.
///
/// @param source      file name of the history
/// @param fingerprint SHA-256 of the history's bytes
/// @param commit      revision of the code
public record ProvenanceInput(String source, String fingerprint, String commit) {}
