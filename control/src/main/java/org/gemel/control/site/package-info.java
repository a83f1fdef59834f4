/** What is known of the site: its devices, and what they said last. */
@NullMarked
package org.gemel.control.site;

import org.jspecify.annotations.NullMarked;
