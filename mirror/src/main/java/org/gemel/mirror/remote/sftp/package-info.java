/** Folders on SSH servers, through Apache MINA. */
@NullMarked
package org.gemel.mirror.remote.sftp;

import org.jspecify.annotations.NullMarked;
