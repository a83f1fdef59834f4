@NullMarked
package org.gemel.control.web;

import org.jspecify.annotations.NullMarked;
