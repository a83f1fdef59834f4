package org.gemel.database.preview;

import java.time.Instant;
import java.util.Optional;

/**
 * One row of a preview.
 *
 * @param fate LOST, REPLACED or BACK
 * @param key as a text of an array
 * @param changedHere when the side that will be overwritten changed it last
 * @param changedOnMain when main changed it last; absent where it did not
 */
public record PreviewedRow(
    String fate, String key, Instant changedHere, Optional<Instant> changedOnMain) {}
