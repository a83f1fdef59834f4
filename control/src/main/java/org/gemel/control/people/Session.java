package org.gemel.control.people;

import org.gemel.control.api.Principal;

/**
 * A browser that is logged in.
 *
 * @param cookie what the browser sends; nowhere stored
 * @param csrf what a page of ours sends besides with each change; another site's page cannot know
 *     it
 */
public record Session(Principal principal, String cookie, String csrf) {
  /** Whether that is this session's; takes equally long whatever it is. */
  public boolean csrfMatches(String sent) {
    return Secrets.same(csrf, sent);
  }
}
