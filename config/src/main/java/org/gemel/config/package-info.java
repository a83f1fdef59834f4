/**
 * Strict, typed configuration: YAML into immutable records, every fault with its line and column.
 */
@NullMarked
package org.gemel.config;

import org.jspecify.annotations.NullMarked;
