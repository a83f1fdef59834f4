/** Folders on FTP servers, plain or in TLS, through Apache Commons Net. */
@NullMarked
package org.gemel.mirror.remote.ftp;

import org.jspecify.annotations.NullMarked;
