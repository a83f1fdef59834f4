package org.gemel.control.people;

/** A token just made; {@code token} is shown this once and is nowhere stored. */
public record NewToken(TokenView view, String token) {}
