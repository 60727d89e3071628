/// What a row is: its YAML file, read into records.
@NullMarked
package dev.headwater.lab.definition;

import org.jspecify.annotations.NullMarked;
