/// A row's layers as a DL4J network.
@NullMarked
package dev.headwater.lab.network;

import org.jspecify.annotations.NullMarked;
