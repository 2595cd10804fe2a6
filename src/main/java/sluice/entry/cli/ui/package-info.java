/**
 * The page of {@code sluice ui}: a server for this machine's browser. It serves static files, and passes calls to the API on
 * with the caller's signature. The browser never holds a credential of the API, and no other site can use the server.
 */
@NullMarked
package sluice.entry.cli.ui;

import org.jspecify.annotations.NullMarked;
