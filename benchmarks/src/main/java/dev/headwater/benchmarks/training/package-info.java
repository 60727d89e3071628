/// The suite `training`: the trainer beside other ways to train the same network.
@org.jspecify.annotations.NullMarked
package dev.headwater.benchmarks.training;
