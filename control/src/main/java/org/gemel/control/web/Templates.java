package org.gemel.control.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** The pages' templates, compiled with the program; what is put in is escaped where it is put. */
final class Templates {
  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, null, "org.gemel.control.web.generated");

  String render(String template, Map<String, Object> values) {
    StringOutput output = new StringOutput(8 * 1024);
    engine.render(template, values, output);
    return output.toString();
  }
}
