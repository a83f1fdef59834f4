@NullMarked
package org.gemel.control.people;

import org.jspecify.annotations.NullMarked;
