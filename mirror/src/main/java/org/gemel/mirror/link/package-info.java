/**
 * Mirroring from one machine to another over TCP. A pass always runs where its target is; the other
 * end serves the source and can change nothing. See {@code DESIGN-link.md}.
 */
@NullMarked
package org.gemel.mirror.link;

import org.jspecify.annotations.NullMarked;
